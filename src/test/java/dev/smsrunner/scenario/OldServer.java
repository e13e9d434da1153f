package dev.smsrunner.scenario;

import dev.smsrunner.support.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A server with TLS 1.1 only, in a separate JVM. Prints its port, then each established connection. */
final class OldServer {

    private static final String[] OLD = {"TLSv1.1"};

    private OldServer() {}

    public static void main(String[] keyStore) throws Exception {
        var factory = context(Path.of(keyStore[0])).getServerSocketFactory();
        var server = (SSLServerSocket) factory.createServerSocket(0, 9, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(OLD);
        System.out.println(server.getLocalPort());
        new Thread(() -> connect(server.getLocalPort())).start();
        while (true) {
            try (var client = (SSLSocket) server.accept()) {
                client.startHandshake();
                System.out.println("connected " + client.getSession().getProtocol());
            } catch (IOException ex) {
                // the client requires a newer version
            }
        }
    }

    private static void connect(int port) {
        try (var socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(OLD);
            socket.startHandshake();
        } catch (IOException ex) {
            System.out.println(ex);
        }
    }

    private static SSLContext context(Path keyStore) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            keys.load(in, CertificateAuthority.PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, CertificateAuthority.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
