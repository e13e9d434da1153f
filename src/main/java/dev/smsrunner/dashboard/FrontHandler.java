package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of every request. Rejects foreign requests before any other processing. */
record FrontHandler(OriginPolicy originPolicy, PageRoutes routes) implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(FrontHandler.class);

    /** Headers of every response. */
    private static final Map<String, String> COMMON_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    @Override
    public void handle(HttpExchange request) throws IOException {
        COMMON_HEADERS.forEach(request.getResponseHeaders()::set);
        var refusal = originPolicy.refusal(request);
        if (refusal.isPresent()) {
            request.getResponseHeaders().set("Connection", "close");
            send(request, PageResponse.empty(refusal.get()));
            return;
        }
        if (routes.isStream(request)) {
            routes.stream(request).ifPresent(answer -> sendQuietly(request, answer));
        } else {
            send(request, answer(request));
        }
    }

    private PageResponse answer(HttpExchange request) throws IOException {
        try {
            return routes.answer(request);
        } catch (RuntimeException ex) {
            log.warn("Serving the live page failed: {}", ex.toString());
            var response = PageResponse.error(503, "The database does not answer. The page retries automatically.");
            return request.getRequestURI().getRawPath().startsWith(ApiRoutes.PREFIX)
                    ? ApiRoutes.withErrorObject(response)
                    : response;
        }
    }

    private static void sendQuietly(HttpExchange request, PageResponse answer) {
        try {
            send(request, answer);
        } catch (IOException ex) {
            request.close();
        }
    }

    private static void send(HttpExchange request, PageResponse answer) throws IOException {
        try (request) {
            var headers = request.getResponseHeaders();
            answer.headers().forEach(headers::set);
            if (answer.type() != null) {
                headers.set("Content-Type", answer.type());
            }
            boolean empty =
                    answer.body().length == 0 || request.getRequestMethod().equals("HEAD");
            request.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                request.getResponseBody().write(answer.body());
            }
        }
    }
}
