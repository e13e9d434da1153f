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
 * What one browser is told: a change at most once a second, a sign of life when nothing happens, and the end of the run. It
 * ends by itself after some minutes, and the browser comes again with the number of the last event that it knows, so that a
 * connection that nobody reads does not stay for ever.
 */
final class EventStream {

    private static final long EVERY = 1_000;
    private static final Duration LIFE = Duration.ofMinutes(4);
    private static final Duration FIGURES = Duration.ofSeconds(5);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final HttpExchange request;
    private final RunView view;
    private final LongSupplier nanos;
    private final LongPredicate pause;
    private final long began;
    private final long known;
    private long told;
    private long serial = -1;

    /** @param pause waits so many milliseconds and says whether all is to end */
    EventStream(HttpExchange request, RunView view, LongSupplier nanos, LongPredicate pause) {
        this.request = request;
        this.view = view;
        this.nanos = nanos;
        this.pause = pause;
        this.began = nanos.getAsLong();
        this.known = lastKnown(request);
    }

    void serve() throws IOException {
        request.getResponseHeaders().set("Content-Type", "text/event-stream");
        request.sendResponseHeaders(200, 0);
        try (var out = request.getResponseBody()) {
            write(out, "retry: 1000\n\n");
            boolean last = false;
            while (passed(began).compareTo(LIFE) < 0) {
                var picture = last ? view.lookNow() : view.look();
                if (picture == null || tell(out, picture) || last) {
                    return;
                }
                last = pause.test(EVERY);
            }
        }
    }

    /** Tells what is new; whether that was the end. */
    private boolean tell(OutputStream out, RunSnapshot picture) throws IOException {
        boolean ended = picture.run().state() != RunState.RUNNING;
        boolean figures = picture.held() && passed(told).compareTo(FIGURES) >= 0;
        if (picture.serial() != serial || figures) {
            write(
                    out,
                    "id: %d\nevent: change\ndata: %s\n\n".formatted(picture.event(), PageJson.line(change(picture))));
            serial = picture.serial();
        } else if (passed(told).compareTo(SIGN_OF_LIFE) >= 0) {
            write(out, ": still here\n\n");
        }
        if (ended) {
            write(out, "event: end\ndata: {\"state\":\"%s\"}\n\n".formatted(picture.state()));
        }
        return ended;
    }

    private Object change(RunSnapshot picture) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event", picture.event());
        json.put(
                "servers",
                (serial < 0 ? picture.touchedSince(known) : picture.changedAfter(serial))
                        .stream().map(row -> ServerRow.of(picture, row)).toList());
        json.put("snapshot", view.snapshot(picture));
        return json;
    }

    private void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        told = nanos.getAsLong();
    }

    private Duration passed(long since) {
        return Duration.ofNanos(nanos.getAsLong() - since);
    }

    /** The last event that the browser knows, by header or {@code ?after=}; one that knows none is told every row once. */
    private static long lastKnown(HttpExchange request) {
        var query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
        var after = query.startsWith("after=") ? query.substring("after=".length()) : "";
        var known = Objects.requireNonNullElse(request.getRequestHeaders().getFirst("Last-Event-ID"), after);
        return known.matches("\\d{1,18}") ? Long.parseLong(known) : -1;
    }
}
