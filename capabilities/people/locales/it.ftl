people-wrong-credentials = Indirizzo e-mail o password non corretti.
