package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.Texts.clean;
import static dev.smsrunner.ledger.Texts.cut;
import static dev.smsrunner.ledger.Texts.ofInstant;
import static dev.smsrunner.ledger.Texts.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The append-only table of what happened. */
final class Events {

    private static final String INSERT = """
            insert into event
              (run_id, event_no, happened_at, token, row_no, kind, before_text, after_text, detail, request_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;

    Events(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends the drafts with the numbers from {@code first} on, which the caller has reserved. */
    void append(Owner owner, long first, Instant at, List<EventDraft> drafts) {
        var rows = new ArrayList<@Nullable Object[]>(drafts.size());
        for (var draft : drafts) {
            rows.add(values(owner, first + rows.size(), at, draft));
        }
        jdbc.batchUpdate(INSERT, rows);
    }

    List<Event> all(String runId) {
        return jdbc.query("select * from event where run_id = ? order by event_no", Events::read, runId);
    }

    private static @Nullable Object[] values(Owner owner, long number, Instant at, EventDraft draft) {
        return new @Nullable Object[] {
            owner.runId(),
            number,
            ofInstant(at),
            owner.token(),
            draft.row(),
            draft.kind().name(),
            clean(draft.before()),
            clean(draft.after()),
            clean(draft.detail()),
            cut(draft.requestId(), 255)
        };
    }

    private static Event read(ResultSet at, int index) throws SQLException {
        return new Event(
                at.getLong("event_no"),
                Objects.requireNonNull(toInstant(at, "happened_at")),
                at.getLong("token"),
                at.getObject("row_no", Integer.class),
                EventKind.valueOf(at.getString("kind")),
                at.getString("before_text"),
                at.getString("after_text"),
                at.getString("detail"),
                at.getString("request_id"));
    }
}
