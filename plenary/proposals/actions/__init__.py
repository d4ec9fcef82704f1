"""What people do with a text: draft, table, revise, translate, refer, withdraw, comment."""
