demonstration-loading = Loading the demonstration organisation…
demonstration-loaded = Loaded { $tickets } demonstration tickets.
demonstration-broken = Loading the demonstration was interrupted: the data are incomplete. To begin again, stop the service and delete the data folder.
demonstration-declined = This database has users of its own: the demonstration was not added.
demonstration-password = Demonstration accounts, all with the password { $password }:
