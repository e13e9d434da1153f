package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which request is answered by what. Only POST ever asks for something; no header or parameter makes another method one. */
final class PageRoutes {

    private static final Pattern RUN =
            Pattern.compile("/api/runs/([A-Za-z0-9-]{1,40})(?:/([a-z]{1,20})(?:/(\\d{1,9}))?)?");
    private static final Pattern POINTS = Pattern.compile("(?:.*&)?points=(\\d{1,4})(?:&.*)?");
    private static final int USUAL_POINTS = 300;
    private static final int MOST_POINTS = 2_000;
    private static final int LONGEST_BODY = 16 * 1024;

    private final Sessions sessions;
    private final TokenThrottle guesses;
    private final RunViews views;
    private final RunList list;
    private final ControlEndpoint asking;
    private final EventStreams streams;
    private final RunArchive archive;
    private volatile @Nullable String current;

    PageRoutes(RunArchive archive, Sessions sessions, TokenThrottle guesses, RunViews views, EventStreams streams) {
        this.archive = archive;
        this.sessions = sessions;
        this.guesses = guesses;
        this.views = views;
        this.list = new RunList(archive);
        this.asking = new ControlEndpoint(archive.controls());
        this.streams = streams;
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

    /** Begins a stream, or says why not. */
    Optional<PageResponse> stream(HttpExchange request) {
        if (!sessions.has(request)) {
            return Optional.of(noSession());
        }
        var matched = run(request);
        matched.matches();
        return streams.begin(request, views.of(matched.group(1)));
    }

    PageResponse answer(HttpExchange request) throws IOException {
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
        if (!sessions.has(request)) {
            return noSession();
        }
        if (path.equals("/api/runs")) {
            return PageResponse.json(200, list.json(current));
        }
        var matched = run(request);
        return matched.matches() ? ofRun(request, matched) : unknown("There is no such address.");
    }

    private PageResponse ofRun(HttpExchange request, Matcher matched) {
        var view = views.of(matched.group(1));
        var picture = view.look();
        if (picture == null) {
            return unknown("There is no run %s.".formatted(matched.group(1)));
        }
        var part = Objects.requireNonNullElse(matched.group(2), "");
        if (part.equals("servers") && matched.group(3) != null) {
            return server(picture, Integer.parseInt(matched.group(3)));
        }
        if (matched.group(3) != null) {
            return unknown("There is no such address.");
        }
        return switch (part) {
            case "" -> PageResponse.json(200, view.snapshot(picture));
            case "servers" -> PageResponse.json(200, servers(picture));
            case "history" -> PageResponse.json(200, view.history(picture, points(request)));
            case "controls" -> PageResponse.json(200, asking.latest(picture));
            default -> unknown("There is no such address.");
        };
    }

    private PageResponse server(RunSnapshot picture, int number) {
        var row = picture.rows().get(number);
        return row == null
                ? unknown("The run has no row %d.".formatted(number))
                : PageResponse.json(200, Timeline.json(archive.reader(), picture, row));
    }

    private static Map<String, Object> servers(RunSnapshot picture) {
        var json = new LinkedHashMap<String, Object>();
        json.put("event", picture.event());
        json.put("columns", ServerRow.COLUMNS);
        json.put(
                "servers",
                picture.rows().values().stream()
                        .map(row -> ServerRow.of(picture, row))
                        .toList());
        return json;
    }

    private static int points(HttpExchange request) {
        var query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
        var matched = POINTS.matcher(query);
        int asked = matched.matches() ? Integer.parseInt(matched.group(1)) : USUAL_POINTS;
        return Math.max(2, Math.min(MOST_POINTS, asked));
    }

    private PageResponse post(HttpExchange request) throws IOException {
        var type = Objects.requireNonNullElse(request.getRequestHeaders().getFirst("Content-Type"), "");
        if (!type.matches("application/json(?:\\s*;.*)?")) {
            return PageResponse.error(415, "The content type must be application/json.");
        }
        boolean entering = request.getRequestURI().getRawPath().equals("/session");
        if (!entering && !sessions.has(request)) {
            return noSession();
        }
        var body = request.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            return PageResponse.error(413, "The body is longer than 16 KB.").with("Connection", "close");
        }
        try {
            var json = PageJson.mapper().readTree(body);
            return entering ? enter(request, json) : ask(request, json);
        } catch (JacksonException ex) {
            return PageResponse.error(400, "The body is not JSON.");
        }
    }

    private PageResponse enter(HttpExchange request, JsonNode body) {
        if (sessions.isToken(body.path("token").asString(""))) {
            return PageResponse.empty(204).with("Set-Cookie", sessions.open());
        }
        var wait = guesses.left();
        if (wait.isZero()) {
            guesses.wrong(String.valueOf(request.getRemoteAddress()));
            return noSession();
        }
        return PageResponse.error(429, "Too many wrong tokens were tried. Wait, then open the address again.")
                .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    }

    private PageResponse ask(HttpExchange request, JsonNode body) {
        var matched = run(request);
        if (!matched.matches() || !"controls".equals(matched.group(2)) || matched.group(3) != null) {
            return unknown("There is no such address.");
        }
        var from = request.getRemoteAddress().getAddress().getHostAddress();
        return asking.ask(views.of(matched.group(1)), body, from);
    }

    private static Matcher run(HttpExchange request) {
        return RUN.matcher(request.getRequestURI().getRawPath());
    }

    private static PageResponse noSession() {
        return PageResponse.error(401, "Open the address that the terminal printed.");
    }

    private static PageResponse unknown(String what) {
        return PageResponse.error(404, what);
    }
}
