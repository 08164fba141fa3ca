people-wrong-credentials = Wrong e-mail address or password.
