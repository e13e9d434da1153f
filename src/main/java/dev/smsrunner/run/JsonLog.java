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
 * Log encoder with one JSON object per line, for log collectors. It escapes everything but printable ASCII, so that line ends,
 * control characters and bidirectional overrides in external names cannot forge a line. Texts are cut at 2000 characters.
 */
final class JsonLog extends EncoderBase<ILoggingEvent> {

    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_FRAMES = 12;
    private static final int MAX_CAUSES = 5;
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

    /** The failure, then its causes. */
    private static List<Map<String, Object>> causes(IThrowableProxy failure) {
        var causes = new ArrayList<Map<String, Object>>();
        for (var cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
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
                .limit(MAX_FRAMES)
                .map(frame -> cut(frame.getStackTraceElement().toString()))
                .toList();
    }

    /** Also replaces DEL, the only control character that JSON does not escape. */
    private static String cut(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.substring(0, Math.min(MAX_LENGTH, text.length())).replace('\u007f', '?');
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
