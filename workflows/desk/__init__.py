"""What operators do: decide what Laksa is unsure of, on the board or one by one, and phone people
without e-mail.
"""
