package dev.smsrunner.cloud;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Sends one request once and waits for the whole answer or for the deadline. It neither retries nor follows redirects. */
final class SingleExchange implements AutoCloseable {

    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];
    private static final String GIVEN_UP = "given up because the run is stopping";

    static {
        // the JDK client reads these once; otherwise it connects a second time, or resends, by itself
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "false");
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        // shorter than the keep-alive of servers, so that a write rarely meets a connection that is being closed
        System.setProperty("jdk.httpclient.keepalive.timeout", "20");
        // the JDK forbids Basic, the one login of most proxies, for the tunnel of https
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    /** Complete answer with a decoded and masked body. */
    record Answer(int status, HttpHeaders headers, String body, SecretMask mask) {

        /** First header of that name, masked; empty when there is none. */
        String header(String name) {
            return mask.ofText(headers.firstValue(name).orElse(""));
        }

        /** Token header of IAM. */
        String token() {
            return headers.firstValue("X-Subject-Token").orElse("").strip();
        }
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(4, SingleExchange::daemon);
    private final HttpClient client;
    private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
    private final ProxySettings proxies;
    private volatile boolean stopped;

    SingleExchange(Duration connectTimeout, ProxySettings proxies) {
        this.proxies = proxies;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslParameters(Tls.parameters())
                .connectTimeout(connectTimeout)
                .proxy(proxies.selector())
                .executor(threads)
                .build();
    }

    /**
     * Sends a request.
     *
     * @param mask masks secrets in the answer, and in client errors about an unreadable answer
     * @throws InterruptedException when interrupted while waiting; the request may have been carried out
     */
    Answer send(HttpRequest request, Duration deadline, SecretMask mask) throws WireException, InterruptedException {
        if (stopped) {
            throw new WireException(false, GIVEN_UP, null);
        }
        ProxyRoute route = proxies.proxyFor(request.uri())
                .map(proxy -> new ProxyRoute(proxy, request))
                .orElse(null);
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(route == null ? request : route.request(), info -> new CappedBody(MAX_BYTES));
        inFlight.add(pending);
        try {
            if (stopped) {
                pending.cancel(true);
            }
            return answer(pending.get(deadline.toNanos(), TimeUnit.NANOSECONDS), route, mask);
        } catch (CancellationException ex) {
            throw incomplete(route, GIVEN_UP, ex);
        } catch (TimeoutException ex) {
            throw incomplete(route, "no complete answer within " + seconds(deadline), ex);
        } catch (ExecutionException ex) {
            throw stopped
                    ? incomplete(route, GIVEN_UP, ex)
                    : failure(
                            ex.getCause() == null ? ex : ex.getCause(),
                            route,
                            mask,
                            proxies.remedyWithout(request.uri()));
        } catch (IOException ex) {
            throw incomplete(route, "the answer cannot be decompressed (" + ex.getMessage() + ")", ex);
        } finally {
            inFlight.remove(pending);
            pending.cancel(true);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response, @Nullable ProxyRoute route, SecretMask mask)
            throws WireException, IOException {
        if (route != null && response.statusCode() == HttpProxy.LOGIN_REQUIRED) {
            throw route.missingLogin(response.headers());
        }
        return new Answer(response.statusCode(), response.headers(), text(response, mask), mask);
    }

    private static WireException incomplete(@Nullable ProxyRoute route, String what, Exception cause) {
        return route == null ? new WireException(true, what, cause) : route.failure(true, what, cause);
    }

    /** Stops waiting for answers and sends nothing more. */
    void abandon() {
        stopped = true;
        inFlight.forEach(pending -> pending.cancel(true));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static String text(HttpResponse<byte[]> response, SecretMask mask) throws IOException {
        // the client has no body for an answer that a proxy gave instead of the tunnel
        byte[] body = Objects.requireNonNullElse(response.body(), NOTHING);
        boolean compressed = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        byte[] content = compressed ? decompress(body) : body;
        if (response.statusCode() / 100 == 2) {
            return withoutByteOrderMark(mask.ofSuccess(content));
        }
        return mask.ofError(withoutByteOrderMark(new String(content, StandardCharsets.UTF_8))
                .stripLeading());
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static byte[] decompress(byte[] body) throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /** @param remedy remedy when no connection without a proxy is possible */
    private static WireException failure(
            Throwable failure, @Nullable ProxyRoute route, SecretMask mask, String remedy) {
        WireException ofProxy = route == null ? null : route.ofProxy(failure);
        if (ofProxy != null) {
            return ofProxy;
        }
        WireException direct = failure(failure, mask, remedy);
        return route == null
                ? direct
                : route.failure(
                        direct.kind() == CallFailureKind.UNKNOWN,
                        String.valueOf(direct.getMessage()),
                        direct.getCause());
    }

    private static WireException failure(Throwable failure, SecretMask mask, String remedy) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return new WireException(false, "the host name cannot be resolved", remedy, failure);
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return new WireException(false, "no connection within the time limit", remedy, failure);
            }
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
                return new WireException(false, "no TLS connection (" + Tls.reason(cause) + ")", failure);
            }
            if (cause instanceof NoRouteToHostException) {
                return new WireException(false, "no route to the host", remedy, failure);
            }
        }
        boolean refused = failure instanceof ConnectException;
        String what = refused ? "the connection was refused" : "the connection was lost";
        // the client reports its own limit of retries, which is one attempt here, instead of the cause
        Throwable cause = "Too many retries".equals(failure.getMessage()) ? failure.getCause() : null;
        String reason = cause == null ? failure.getMessage() : cause.getMessage();
        String why = reason == null ? "" : " (" + ErrorBody.clean(mask.ofText(reason)) + ")";
        return new WireException(!refused, what + why, loggableCause(failure, mask));
    }

    /** Cause for the log; null when it repeats a secret from the answer. */
    private static @Nullable Throwable loggableCause(Throwable failure, SecretMask mask) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (!mask.ofText(message).equals(message)) {
                return null;
            }
        }
        return failure;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "cloud-http");
        thread.setDaemon(true);
        return thread;
    }
}
