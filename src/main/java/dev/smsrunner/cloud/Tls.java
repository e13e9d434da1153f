package dev.smsrunner.cloud;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLParameters;

/** TLS settings and failure reasons. The JDK always checks the host name and the chain. */
final class Tls {

    private Tls() {}

    /** Requires TLS 1.2 or newer, even where the JDK settings allow less. */
    static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    /** Reason of a TLS failure for the operator. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the certificate of the service has expired, " + cause.getMessage();
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate of the service is not valid yet, " + cause.getMessage()
                        + "; check the system clock";
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
