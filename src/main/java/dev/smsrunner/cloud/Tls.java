package dev.smsrunner.cloud;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLParameters;

/** What is asked of an encrypted connection, and why there is none. Host name and chain are checked by the JDK, always. */
final class Tls {

    private Tls() {}

    /** TLS 1.2 or newer, also where the JDK is set up to take less. */
    static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    /** Why it failed, for a person. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the certificate of the service has expired, " + cause.getMessage();
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate of the service is not valid yet, " + cause.getMessage()
                        + "; is the clock of this machine right?";
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
