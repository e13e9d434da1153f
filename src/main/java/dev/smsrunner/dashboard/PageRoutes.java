package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Routing table of the page. Only POST modifies anything; no header or parameter overrides the method. */
final class PageRoutes {

    private static final Pattern RUN =
            Pattern.compile("/api/runs/([A-Za-z0-9-]{1,40})(?:/([a-z]{1,20})(?:/(\\d{1,9}))?)?");
    private static final Pattern POINTS = Pattern.compile("(?:.*&)?points=(\\d{1,4})(?:&.*)?");
    private static final int DEFAULT_POINTS = 300;
    private static final int MAX_POINTS = 2_000;
    private static final int MAX_BODY = 16 * 1024;

    private final Sessions sessions;
    private final TokenThrottle throttle;
    private final RunViews views;
    private final RunList list;
    private final ControlEndpoint controls;
    private final EventStreams streams;
    private final RunArchive archive;
    private final ProgramAccess programs;
    private final ApiRoutes api;
    private volatile @Nullable String current;

    PageRoutes(
            RunArchive archive,
            Sessions sessions,
            TokenThrottle throttle,
            RunViews views,
            EventStreams streams,
            ProgramAccess programs) {
        this.archive = archive;
        this.sessions = sessions;
        this.throttle = throttle;
        this.views = views;
        this.list = new RunList(archive);
        this.controls = new ControlEndpoint(archive.controls(), archive.actor());
        this.streams = streams;
        this.programs = programs;
        this.api = new ApiRoutes(archive, views, list, controls);
    }

    void current(String runId) {
        current = runId;
    }

    boolean isStream(HttpExchange request) {
        var matched = run(request);
        return matched.matches()
                && "stream".equals(matched.group(2))
                && request.getRequestMethod().equals("GET");
    }

    /** Starts a stream, or returns the error response. */
    Optional<PageResponse> stream(HttpExchange request) {
        if (!sessions.isOpen(request)) {
            return Optional.of(noSession());
        }
        var matched = run(request);
        matched.matches();
        return streams.start(request, views.of(matched.group(1)));
    }

    PageResponse answer(HttpExchange request) throws IOException {
        var path = request.getRequestURI().getRawPath();
        if (path.equals("/metrics") && programs.hasMetrics()) {
            return metrics(request);
        }
        return path.startsWith(ApiRoutes.PREFIX) ? ApiRoutes.withErrorObject(ofProgram(request)) : ofPage(request);
    }

    /** Metrics have no secrets and no names of servers, so without a token of the API every local process may read them. */
    private PageResponse metrics(HttpExchange request) {
        if (!Set.of("GET", "HEAD").contains(request.getRequestMethod())) {
            return PageResponse.empty(405).with("Allow", "GET, HEAD");
        }
        if (programs.hasToken() && !programs.isAuthorized(request)) {
            return ApiRoutes.withErrorObject(unauthorized(request));
        }
        var run = current;
        var snapshot = run == null ? null : views.of(run).latest();
        return snapshot == null
                ? PageResponse.error(503, "There is no run yet. Read the metrics again later.")
                : new PageResponse(
                        200, RunMetrics.CONTENT_TYPE, new RunMetrics(snapshot, programs.calls()).text(), Map.of());
    }

    private PageResponse ofProgram(HttpExchange request) throws IOException {
        if (!sessions.isOpen(request) && !programs.isAuthorized(request)) {
            return unauthorized(request);
        }
        return switch (request.getRequestMethod()) {
            case "GET", "HEAD" -> api.read(request, current);
            case "POST" -> withJson(request, body -> api.post(request, body));
            default ->
                PageResponse.error(405, "This method is not available. Use GET, HEAD or POST.")
                        .with("Allow", "GET, HEAD, POST");
        };
    }

    private PageResponse unauthorized(HttpExchange request) {
        if (!programs.hasToken()) {
            return PageResponse.error(
                    401,
                    "This server has no token of the API. Set %s and start the command again."
                            .formatted(ProgramAccess.VARIABLE));
        }
        var wait = throttle.remaining();
        if (!wait.isZero()) {
            return PageResponse.error(429, "Too many wrong tokens. Wait, then send the right one.")
                    .with("Retry-After", Long.toString(wait.toSeconds() + 1));
        }
        if (ProgramAccess.hasAuthorization(request)) {
            throttle.recordFailure(String.valueOf(request.getRemoteAddress()));
        }
        return PageResponse.error(
                        401,
                        "The token is missing or wrong. Send 'Authorization: Bearer' with the value of %s."
                                .formatted(ProgramAccess.VARIABLE))
                .with("WWW-Authenticate", "Bearer");
    }

    private PageResponse ofPage(HttpExchange request) throws IOException {
        return switch (request.getRequestMethod()) {
            case "GET", "HEAD" -> read(request);
            case "POST" -> post(request);
            default -> PageResponse.empty(405).with("Allow", "GET, HEAD, POST");
        };
    }

    private PageResponse read(HttpExchange request) {
        var path = request.getRequestURI().getRawPath();
        if (path.equals("/session")) {
            return PageResponse.empty(405).with("Allow", "POST");
        }
        if (!path.startsWith("/api/")) {
            return StaticFiles.find(path).orElse(PageResponse.empty(404));
        }
        if (!sessions.isOpen(request)) {
            return noSession();
        }
        if (path.equals("/api/runs")) {
            return PageResponse.json(200, list.json(current));
        }
        var matched = run(request);
        return matched.matches() ? ofRun(request, matched) : unknown("No such address.");
    }

    private PageResponse ofRun(HttpExchange request, Matcher matched) {
        var view = views.of(matched.group(1));
        var snapshot = view.latest();
        if (snapshot == null) {
            return unknown("No run %s.".formatted(matched.group(1)));
        }
        var part = Objects.requireNonNullElse(matched.group(2), "");
        if (part.equals("servers") && matched.group(3) != null) {
            return server(snapshot, Integer.parseInt(matched.group(3)));
        }
        if (matched.group(3) != null) {
            return unknown("No such address.");
        }
        return switch (part) {
            case "" -> PageResponse.json(200, view.json(snapshot));
            case "servers" -> PageResponse.json(200, servers(snapshot));
            case "history" -> PageResponse.json(200, view.history(snapshot, points(request)));
            case "controls" -> PageResponse.json(200, controls.latest(snapshot));
            default -> unknown("No such address.");
        };
    }

    private PageResponse server(RunSnapshot snapshot, int number) {
        var row = snapshot.rows().get(number);
        return row == null
                ? unknown("The run has no row %d.".formatted(number))
                : PageResponse.json(200, Timeline.json(archive.reader(), snapshot, row));
    }

    private static Map<String, Object> servers(RunSnapshot snapshot) {
        var json = new LinkedHashMap<String, Object>();
        json.put("event", snapshot.event());
        json.put("columns", ServerRow.COLUMNS);
        json.put(
                "servers",
                snapshot.rows().values().stream()
                        .map(row -> ServerRow.of(snapshot, row))
                        .toList());
        return json;
    }

    private static int points(HttpExchange request) {
        var query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
        var matched = POINTS.matcher(query);
        int requested = matched.matches() ? Integer.parseInt(matched.group(1)) : DEFAULT_POINTS;
        return Math.max(2, Math.min(MAX_POINTS, requested));
    }

    private PageResponse post(HttpExchange request) throws IOException {
        boolean opensSession = request.getRequestURI().getRawPath().equals("/session");
        if (!opensSession && !sessions.isOpen(request)) {
            return noSession();
        }
        return withJson(request, json -> opensSession ? openSession(request, json) : postControl(request, json));
    }

    private static PageResponse withJson(HttpExchange request, Function<JsonNode, PageResponse> then)
            throws IOException {
        var type = Objects.requireNonNullElse(request.getRequestHeaders().getFirst("Content-Type"), "");
        if (!type.matches("application/json(?:\\s*;.*)?")) {
            return PageResponse.error(415, "The content type must be application/json. Set that header.");
        }
        var body = request.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return PageResponse.error(413, "The body is longer than 16 KB. Send only the fields of the request.")
                    .with("Connection", "close");
        }
        try {
            return then.apply(PageJson.mapper().readTree(body));
        } catch (JacksonException ex) {
            return PageResponse.error(400, "The body is not JSON. Send one JSON object.");
        }
    }

    private PageResponse openSession(HttpExchange request, JsonNode body) {
        if (sessions.isToken(body.path("token").asString(""))) {
            return PageResponse.empty(204).with("Set-Cookie", sessions.open());
        }
        var wait = throttle.remaining();
        if (wait.isZero()) {
            throttle.recordFailure(String.valueOf(request.getRemoteAddress()));
            return noSession();
        }
        return PageResponse.error(429, "Too many wrong tokens. Wait, then open the address again.")
                .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    }

    private PageResponse postControl(HttpExchange request, JsonNode body) {
        var matched = run(request);
        if (!matched.matches() || !"controls".equals(matched.group(2)) || matched.group(3) != null) {
            return unknown("No such address.");
        }
        var from = request.getRemoteAddress().getAddress().getHostAddress();
        return controls.post(views.of(matched.group(1)), body, from);
    }

    private static Matcher run(HttpExchange request) {
        return RUN.matcher(request.getRequestURI().getRawPath());
    }

    private static PageResponse noSession() {
        return PageResponse.error(401, "Open the address that the terminal printed.");
    }

    private static PageResponse unknown(String message) {
        return PageResponse.error(404, message);
    }
}
