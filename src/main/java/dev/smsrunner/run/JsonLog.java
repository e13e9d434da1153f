package dev.smsrunner.run;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log as one JSON object per line, for programs that collect logs. All but printable ASCII is escaped, so that a line end,
 * a control character or a change of the direction of reading that a name from outside carries forges nothing, wherever the
 * line is shown; no text is longer than two thousand characters.
 */
final class JsonLog extends EncoderBase<ILoggingEvent> {

    private static final int LONGEST = 2_000;
    private static final int FRAMES = 12;
    private static final int CAUSES = 5;
    private static final byte[] NOTHING = {};
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String runId;

    JsonLog(String runId) {
        this.runId = runId;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("at", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        fields.put("level", event.getLevel().toString());
        fields.put("run", runId);
        fields.put("thread", cut(event.getThreadName()));
        fields.put("logger", cut(event.getLoggerName()));
        fields.put("message", cut(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            fields.put("failure", causes(event.getThrowableProxy()));
        }
        return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The failure, then what caused it. */
    private static List<Map<String, Object>> causes(IThrowableProxy failure) {
        var causes = new ArrayList<Map<String, Object>>();
        for (var cause = failure; cause != null && causes.size() < CAUSES; cause = cause.getCause()) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("type", cut(cause.getClassName()));
            fields.put("message", cut(cause.getMessage()));
            fields.put("at", frames(cause));
            causes.add(fields);
        }
        return causes;
    }

    private static List<String> frames(IThrowableProxy failure) {
        return Arrays.stream(failure.getStackTraceElementProxyArray())
                .limit(FRAMES)
                .map(frame -> cut(frame.getStackTraceElement().toString()))
                .toList();
    }

    /** DEL is the one control character that JSON leaves as it is. */
    private static String cut(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.substring(0, Math.min(LONGEST, text.length())).replace('\u007f', '?');
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
