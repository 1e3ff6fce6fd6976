#!/bin/sh
# Made these certificates, once: for localhost, of an authority that only the tests know and whose key was thrown away. They
# are good, past, to come, another host's, and signed by nobody else. They last until 2120; key.pem is of use to no one.
set -e
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj '/CN=Test authority' -days 36500 -addext basicConstraints=critical,CA:TRUE 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out self-signed.pem -subj '/CN=localhost' -addext subjectAltName=DNS:localhost -days 36500 2>/dev/null
openssl req -new -key key.pem -subj '/CN=localhost' -out req.pem
mkdir -p db; : > db/index; echo 01 > db/serial
cat > ca.cnf <<'C'
[ca]
default_ca=d
[d]
dir=db
new_certs_dir=db
database=db/index
serial=db/serial
unique_subject=no
default_md=sha256
policy=p
[p]
commonName=optional
[good]
subjectAltName=DNS:localhost
[other]
subjectAltName=DNS:elsewhere.example
C
sign() { openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in req.pem -out "$1" -startdate "$2" -enddate "$3" -extensions "$4" 2>/dev/null; }
sign good.pem 20200101000000Z 21200101000000Z good
sign expired.pem 20000101000000Z 20010101000000Z good
sign early.pem 21000101000000Z 21200101000000Z good
sign other-host.pem 20200101000000Z 21200101000000Z other
rm -r ca.key ca.cnf req.pem db
