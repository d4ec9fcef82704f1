"""Letters that look like a Latin letter or a figure. Pure.

A table of our own: what matters here is only what looks like Latin, the alphabet of our symbols and
of most names. The libraries for it carry thousands of pairs made for domain names and have stood
still for years. Letters with an accent need no line: they are taken apart first. What Unicode calls
compatible (full-width, mathematical, circled) needs none either.
"""

_ALIKE = {
    # Cyrillic
    "a": "аА", "b": "ьЬвВ", "c": "сС", "d": "ԁԀ", "e": "еЕҽҼ", "g": "ԍ", "h": "һҺнН", "i": "іІ",
    "j": "јЈ", "k": "кК", "l": "ӏӀ", "m": "мМ", "n": "п", "o": "оО", "p": "рР", "q": "ԛԚ",
    "r": "г", "s": "ѕЅ", "t": "тТ", "v": "ѵѴ", "w": "ԝԜѡѠ", "x": "хХ", "y": "уУүҮ", "ae": "ӕӔ",
    "3": "зЗӡӠ", "4": "чЧ", "6": "б",
}  # fmt: skip
_MORE = (
    # Greek: capitals and small letters look like different ones
    {
        "a": "αΑ", "b": "βΒ", "c": "ϲϹ", "e": "εΕ", "h": "Η", "i": "ιΙ", "j": "ϳͿ", "k": "κΚ",
        "m": "Μ", "n": "ηΝ", "o": "οΟσ", "p": "ρΡ", "t": "τΤ", "u": "υ", "v": "ν", "w": "ω",
        "x": "χΧ", "y": "γΥ", "z": "ζΖ",
    },
    # Armenian
    {"g": "ց", "h": "հ", "j": "յ", "l": "Լ", "n": "ոռ", "o": "օՕ", "q": "զ", "s": "Տ", "u": "սՍ"},
    # Latin: small capitals, dotless, script and crossed letters
    {
        "a": "ᴀɑ", "ae": "æÆᴁ", "b": "ʙƄƅ", "c": "ᴄ", "d": "ᴅđĐðÐ", "e": "ᴇ", "f": "ꜰ", "g": "ɡɢ",
        "h": "ʜħĦ", "i": "ıɩɪ", "j": "ᴊȷ", "k": "ᴋ", "l": "ʟłŁǀ", "m": "ᴍ", "n": "ɴ", "o": "ᴏøØ",
        "oe": "œŒ", "p": "ᴘ", "r": "ʀ", "s": "ꜱƽ", "t": "ᴛŧŦ", "u": "ᴜ", "v": "ᴠ", "w": "ᴡ",
        "y": "ʏ", "z": "ᴢ",
    },
    # Cherokee
    {
        "a": "Ꭺ", "b": "Ᏼ", "c": "Ꮯ", "d": "Ꭰ", "e": "Ꭼ", "g": "Ꮐ", "h": "Ꮋ", "i": "Ꭵ", "j": "Ꭻ",
        "k": "Ꮶ", "l": "Ꮮ", "m": "Ꮇ", "p": "Ꮲ", "r": "ᎡᏒ", "s": "Ꮪ", "t": "Ꭲ", "v": "Ꮩ",
        "w": "Ꮃ", "y": "ᎩᎽ", "z": "Ꮓ",
    },
    # Lisu
    {
        "a": "ꓮ", "b": "ꓐ", "c": "ꓚ", "d": "ꓓ", "e": "ꓰ", "f": "ꓝ", "g": "ꓖ", "h": "ꓧ", "i": "ꓲ",
        "j": "ꓙ", "k": "ꓗ", "l": "ꓡ", "m": "ꓟ", "n": "ꓠ", "o": "ꓳ", "p": "ꓑ", "r": "ꓣ", "s": "ꓢ",
        "t": "ꓔ", "u": "ꓴ", "v": "ꓦ", "w": "ꓪ", "x": "ꓫ", "y": "ꓬ", "z": "ꓜ",
    },
    # Coptic, Tifinagh
    {
        "b": "ⲃⲂ", "c": "ⲥⲤ", "e": "ⲉⲈ", "h": "ⲏⲎ", "i": "ⲓⲒ", "k": "ⲕⲔ", "m": "ⲙⲘ", "n": "ⲛⲚ",
        "o": "ⲟⲞⵔ", "p": "ⲣⲢ", "t": "ⲧⲦ", "x": "ⲭⲬⵝ", "y": "ⲩⲨ",
    },
)  # fmt: skip

ALIKE = {
    letter: looks
    for table in (_ALIKE, *_MORE)
    for looks, letters in table.items()
    for letter in letters
}
