package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.LedgerRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Version 1 of the API for programs: reads of a run, and requests to it. Its fields are never renamed or removed. */
final class ApiRoutes {

    static final String PREFIX = "/api/v1/";

    private static final Pattern PATH =
            Pattern.compile("/api/v1/runs(?:/([A-Za-z0-9-]{1,40})(?:/([a-z]{1,20})(?:/(\\d{1,9}))?)?)?");
    private static final Pattern PARAMETER = Pattern.compile("(after|limit)=(\\d{1,18})");
    private static final int DEFAULT_EVENTS = 200;
    private static final int MAX_EVENTS = 2_000;
    private static final int MAX_NAME = 64;
    private static final String ACTOR_HEADER = "X-Actor";

    private final RunArchive archive;
    private final RunViews views;
    private final RunList list;
    private final ControlEndpoint controls;

    ApiRoutes(RunArchive archive, RunViews views, RunList list, ControlEndpoint controls) {
        this.archive = archive;
        this.views = views;
        this.list = list;
        this.controls = controls;
    }

    /** @param current id of the run of this process, null for none */
    PageResponse read(HttpExchange request, @Nullable String current) {
        var matched = path(request);
        if (!matched.matches()) {
            return unknownAddress();
        }
        if (matched.group(1) == null) {
            return PageResponse.json(200, list.json(current));
        }
        var view = views.of(matched.group(1));
        var snapshot = view.latest();
        if (snapshot == null) {
            return PageResponse.error(404, "No run %s. Read /api/v1/runs for their ids.".formatted(matched.group(1)));
        }
        var part = Objects.requireNonNullElse(matched.group(2), "");
        if (matched.group(3) != null) {
            return part.equals("rows") ? row(snapshot, Integer.parseInt(matched.group(3))) : unknownAddress();
        }
        return switch (part) {
            case "" -> PageResponse.json(200, view.json(snapshot));
            case "rows" -> PageResponse.json(200, rows(snapshot));
            case "events" -> PageResponse.json(200, events(request, snapshot));
            case "obstacles" -> PageResponse.json(200, obstacles(snapshot));
            case "controls" -> PageResponse.json(200, controls.latest(snapshot));
            default -> unknownAddress();
        };
    }

    /** Records a request to the run; without {@code version} it applies to the current state. */
    PageResponse post(HttpExchange request, JsonNode body) {
        var matched = path(request);
        if (!matched.matches() || !"controls".equals(matched.group(2)) || matched.group(3) != null) {
            return unknownAddress();
        }
        var names = request.getRequestHeaders().get(ACTOR_HEADER);
        var name = names == null || names.isEmpty() ? "" : names.get(0).strip();
        if (!isName(name)) {
            return PageResponse.error(
                    400,
                    "%s is no name. Send at most %d printable ASCII characters, or leave the header out."
                            .formatted(ACTOR_HEADER, MAX_NAME));
        }
        return controls.postOfProgram(views.of(matched.group(1)), body, name);
    }

    private static boolean isName(String name) {
        return name.length() <= MAX_NAME && name.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    /** The operator of this server; the name that the program gave is recorded, but gives no right. */
    static Actor actor(Actor server, String name) {
        return server.via(name.isEmpty() ? "API" : "API for " + name);
    }

    private PageResponse row(RunSnapshot snapshot, int number) {
        var row = snapshot.rows().get(number);
        return row == null
                ? PageResponse.error(404, "The run has no row %d. Read its rows for their numbers.".formatted(number))
                : PageResponse.json(200, Timeline.json(archive.reader(), snapshot, row));
    }

    private static Map<String, Object> rows(RunSnapshot snapshot) {
        return versioned(
                snapshot,
                "rows",
                snapshot.rows().values().stream()
                        .map(row -> ServerRow.toMap(snapshot, row))
                        .toList());
    }

    private static Map<String, Object> obstacles(RunSnapshot snapshot) {
        return versioned(
                snapshot,
                "obstacles",
                snapshot.rows().values().stream()
                        .filter(row -> snapshot.obstacles().containsKey(row.row()))
                        .map(row -> obstacle(
                                row, Objects.requireNonNull(snapshot.obstacles().get(row.row()))))
                        .toList());
    }

    private static Map<String, @Nullable Object> obstacle(LedgerRow row, Obstacle obstacle) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("row", row.row());
        json.put("server_name", row.serverName());
        json.put("kind", obstacle.kind().name());
        json.put("text", obstacle.text());
        json.put("since", PageJson.at(obstacle.since()));
        json.put("until", PageJson.at(obstacle.until()));
        json.put("rows", obstacle.rows());
        return json;
    }

    private Map<String, Object> events(HttpExchange request, RunSnapshot snapshot) {
        long after = parameter(request, "after", 0);
        int limit = (int) Math.min(MAX_EVENTS, Math.max(1, parameter(request, "limit", DEFAULT_EVENTS)));
        var events = archive.reader().eventsAfter(snapshot.run().runId(), after, limit);
        var json = versioned(
                snapshot, "events", events.stream().map(Timeline::eventOfRun).toList());
        json.put(
                "next", events.isEmpty() ? after : events.get(events.size() - 1).number());
        return json;
    }

    private static Map<String, Object> versioned(RunSnapshot snapshot, String name, List<?> list) {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", snapshot.event());
        json.put(name, list);
        return json;
    }

    private static long parameter(HttpExchange request, String name, long otherwise) {
        var query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
        for (var part : query.split("&")) {
            var matched = PARAMETER.matcher(part);
            if (matched.matches() && matched.group(1).equals(name)) {
                return Long.parseLong(matched.group(2));
            }
        }
        return otherwise;
    }

    /** The response with its error as an object: {@code message}, and {@code do} with the remedy. */
    static PageResponse withErrorObject(PageResponse response) {
        if (response.status() < 400 || response.body().length == 0) {
            return response;
        }
        var text = PageJson.mapper().readTree(response.body()).path("error").asString("");
        int end = text.indexOf(". ");
        var json = Map.of(
                "message", end < 0 ? text : text.substring(0, end + 1), "do", end < 0 ? "" : text.substring(end + 2));
        return new PageResponse(
                response.status(), response.type(), PageJson.bytes(Map.of("error", json)), response.headers());
    }

    private static PageResponse unknownAddress() {
        return PageResponse.error(404, "No such address. See docs/api.md for the addresses.");
    }

    private static Matcher path(HttpExchange request) {
        return PATH.matcher(request.getRequestURI().getRawPath());
    }
}
