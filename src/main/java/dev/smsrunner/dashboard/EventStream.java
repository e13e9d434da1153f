package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.smsrunner.ledger.RunState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one browser: changes at most once a second, heartbeats, and the end of the run. The stream ends after
 * a few minutes, so that an abandoned connection does not stay open. The browser reconnects with the number of its last event.
 */
final class EventStream {

    private static final long INTERVAL_MILLIS = 1_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(4);
    private static final Duration STATS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final HttpExchange request;
    private final RunView view;
    private final LongSupplier nanos;
    private final LongPredicate pause;
    private final long startedAt;
    private final long lastEvent;
    private long writtenAt;
    private long serial = -1;

    /** @param pause waits for a number of milliseconds and returns whether the server is closing */
    EventStream(HttpExchange request, RunView view, LongSupplier nanos, LongPredicate pause) {
        this.request = request;
        this.view = view;
        this.nanos = nanos;
        this.pause = pause;
        this.startedAt = nanos.getAsLong();
        this.lastEvent = lastEvent(request);
    }

    void serve() throws IOException {
        request.getResponseHeaders().set("Content-Type", "text/event-stream");
        request.sendResponseHeaders(200, 0);
        try (var out = request.getResponseBody()) {
            write(out, "retry: 1000\n\n");
            boolean last = false;
            while (elapsed(startedAt).compareTo(MAX_AGE) < 0) {
                var snapshot = last ? view.refresh() : view.latest();
                if (snapshot == null || send(out, snapshot) || last) {
                    return;
                }
                last = pause.test(INTERVAL_MILLIS);
            }
        }
    }

    /** Sends the changes; returns whether the run has ended. */
    private boolean send(OutputStream out, RunSnapshot snapshot) throws IOException {
        boolean ended = snapshot.run().state() != RunState.RUNNING;
        boolean statsDue = snapshot.isActive() && elapsed(writtenAt).compareTo(STATS_INTERVAL) >= 0;
        if (snapshot.serial() != serial || statsDue) {
            write(
                    out,
                    "id: %d\nevent: change\ndata: %s\n\n".formatted(snapshot.event(), PageJson.line(change(snapshot))));
            serial = snapshot.serial();
        } else if (elapsed(writtenAt).compareTo(HEARTBEAT) >= 0) {
            write(out, ": heartbeat\n\n");
        }
        if (ended) {
            write(out, "event: end\ndata: {\"state\":\"%s\"}\n\n".formatted(snapshot.state()));
        }
        return ended;
    }

    private Object change(RunSnapshot snapshot) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event", snapshot.event());
        json.put(
                "servers",
                (serial < 0 ? snapshot.rowsAfterEvent(lastEvent) : snapshot.rowsAfterSerial(serial))
                        .stream().map(row -> ServerRow.of(snapshot, row)).toList());
        json.put("snapshot", view.json(snapshot));
        return json;
    }

    private void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        writtenAt = nanos.getAsLong();
    }

    private Duration elapsed(long since) {
        return Duration.ofNanos(nanos.getAsLong() - since);
    }

    /** The last event that the browser has, from the header or {@code ?after=}; -1 requests every row. */
    private static long lastEvent(HttpExchange request) {
        var query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
        var after = query.startsWith("after=") ? query.substring("after=".length()) : "";
        var number = Objects.requireNonNullElse(request.getRequestHeaders().getFirst("Last-Event-ID"), after);
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : -1;
    }
}
