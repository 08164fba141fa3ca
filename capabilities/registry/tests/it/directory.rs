//! A real directory of our own: OpenLDAP's server on a free port, with a few people, gone with the test.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use testkit::warden::{Orders, Warden};

/// Who may ask, and with which password.
pub const READER: &str = "cn=lettore,dc=ente,dc=example";
pub const PASSWORD: &str = "chiave-di-prova";
pub const BASE: &str = "ou=persone,dc=ente,dc=example";

const PEOPLE: &str = "\
dn: dc=ente,dc=example
objectClass: dcObject
objectClass: organization
dc: ente
o: Ente

dn: ou=persone,dc=ente,dc=example
objectClass: organizationalUnit
ou: persone

dn: cn=lettore,dc=ente,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: lettore
userPassword: chiave-di-prova

dn: uid=mrossi,ou=persone,dc=ente,dc=example
objectClass: inetOrgPerson
uid: mrossi
cn: Mario Rossi
sn: Rossi
mail: m.rossi@ente.example
telephoneNumber: +39 06 4761 0001
roomNumber: Stanza 12
employeeNumber: 1001
employeeType: vpn
employeeType: protocollo
description: cosa che non si chiede

dn: uid=lverdi,ou=persone,dc=ente,dc=example
objectClass: inetOrgPerson
uid: lverdi
cn: Lucia Verdi (interno)
sn: Verdi
mail: centralino@ente.example
employeeNumber: 1002

dn: uid=gbianchi,ou=persone,dc=ente,dc=example
objectClass: inetOrgPerson
uid: gbianchi
cn: Gino Bianchi
sn: Bianchi
mail: centralino@ente.example
employeeNumber: 1003
";

/// The server.
pub struct Directory {
    warden: Warden,
    port: u16,
}

impl Directory {
    /// A directory that answers whoever gives a name and a password.
    pub fn start() -> Self {
        Self::answering("users")
    }

    /// A directory that answers everybody.
    pub fn open() -> Self {
        Self::answering("*")
    }

    fn answering(whom: &str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("sportello-slapd-")
            .tempdir()
            .unwrap()
            .keep();
        std::fs::create_dir(folder.join("data")).unwrap();
        let path = |name: &str| folder.join(name).display().to_string();
        let settings = format!(
            "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n\
             include /etc/ldap/schema/inetorgperson.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\n\
             pidfile {}\nargsfile {}\ndatabase mdb\nsuffix \"dc=ente,dc=example\"\ndirectory {}\nmaxsize 10485760\n\
             index mail,uid,employeeNumber eq\n\
             access to attrs=userPassword by anonymous auth by * none\naccess to * by {whom} read by anonymous auth by * none\n",
            path("pid"),
            path("args"),
            path("data"),
        );
        std::fs::write(folder.join("slapd.conf"), settings).unwrap();
        std::fs::write(folder.join("people.ldif"), PEOPLE).unwrap();
        load(&folder);
        let port = testkit::free_port().unwrap();
        let orders = Orders::new(program("slapd"), folder.join("log"))
            .arguments([
                "-d",
                "0",
                "-f",
                &path("slapd.conf"),
                "-h",
                &format!("ldap://127.0.0.1:{port}"),
            ])
            .remove_at_end(&folder);
        let mut directory = Self {
            warden: orders.hire().unwrap(),
            port,
        };
        directory.resume();
        directory
    }

    /// Starts it again.
    pub fn resume(&mut self) {
        self.warden.start().unwrap();
        let limit = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(
                Instant::now() < limit && self.warden.is_running(),
                "slapd does not start:\n{}",
                self.warden.output()
            );
            std::thread::yield_now();
        }
    }

    /// Pulls the plug.
    pub fn stop(&mut self) {
        self.warden.end("TERM").unwrap();
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }
}

fn load(folder: &Path) {
    let loaded = Command::new(program("slapadd"))
        .arg("-f")
        .arg(folder.join("slapd.conf"))
        .arg("-l")
        .arg(folder.join("people.ldif"))
        .output()
        .expect("slapadd, of Debian's package slapd");
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
}

/// Debian keeps them where only the administrator looks.
fn program(name: &str) -> String {
    format!("/usr/sbin/{name}")
}
