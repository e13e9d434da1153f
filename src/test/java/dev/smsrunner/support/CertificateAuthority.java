package dev.smsrunner.support;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Issues valid and invalid certificates of TLS servers for tests. */
public final class CertificateAuthority {

    /** Password of the key store files. */
    public static final String PASSWORD = "changeit";

    private static final Duration LIFE = Duration.ofDays(10);

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final List<X509Certificate> chain;

    private CertificateAuthority(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
        this.keys = keys;
        this.certificate = certificate;
        this.chain = chain;
    }

    /** A new root authority. All roots have the same name. */
    public static CertificateAuthority root() {
        var start = Instant.now().minus(LIFE);
        return of(null, "CN=root", null, true, start);
    }

    /** An intermediate authority issued by this one. Clients accept its certificates if the chain contains it. */
    public CertificateAuthority below() {
        return of(this, "CN=below", null, true, Instant.now().minus(Duration.ofHours(1)));
    }

    /** A server with a certificate of this authority, valid for ten days from the instant. */
    public CertificateAuthority server(@Nullable String address, Instant start) {
        return of(this, "CN=127.0.0.1", address, false, start);
    }

    /** A server with a currently valid certificate. */
    public CertificateAuthority server(@Nullable String address) {
        return server(address, Instant.now().minus(Duration.ofHours(1)));
    }

    /** A server with a self-signed certificate. */
    public static CertificateAuthority selfSigned(String address) {
        return of(null, "CN=127.0.0.1", address, false, Instant.now().minus(Duration.ofHours(1)));
    }

    private static CertificateAuthority of(
            @Nullable CertificateAuthority issuer,
            String name,
            @Nullable String address,
            boolean authority,
            Instant start) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var certificate = certificate(issuer, keys, new X500Principal(name), address, authority, start);
            var chain = new ArrayList<>(List.of(certificate));
            if (issuer != null) {
                chain.addAll(issuer.chain);
            }
            return new CertificateAuthority(keys, certificate, chain);
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static X509Certificate certificate(
            @Nullable CertificateAuthority issuer,
            KeyPair keys,
            X500Principal name,
            @Nullable String address,
            boolean authority,
            Instant start)
            throws GeneralSecurityException, CertIOException, OperatorCreationException {
        var by = issuer == null ? name : issuer.certificate.getSubjectX500Principal();
        var builder = new JcaX509v3CertificateBuilder(
                by,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(start),
                Date.from(start.plus(authority ? LIFE.multipliedBy(2) : LIFE)),
                name,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (address != null) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .build((issuer == null ? keys : issuer.keys).getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /** TLS context of a server with its certificate and a number of issuers. */
    public SSLContext serving(int above) {
        try {
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keyStore(above), PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Key store with the key, the certificate and a number of issuers. */
    public KeyStore keyStore(int above) throws GeneralSecurityException {
        var store = empty();
        var shown = chain.subList(0, Math.min(chain.size(), 1 + above)).toArray(X509Certificate[]::new);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD.toCharArray(), shown);
        return store;
    }

    /** Trust store with this certificate. */
    public KeyStore trusted() throws GeneralSecurityException {
        var store = empty();
        store.setCertificateEntry("authority", certificate);
        return store;
    }

    /** TLS context of a client that trusts only this certificate. */
    public SSLContext trusting() {
        try {
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted());
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (java.io.IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
