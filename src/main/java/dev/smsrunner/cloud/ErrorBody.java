package dev.smsrunner.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the error from any body: the shape of the service, of the gateway, the nested one of IAM, HTML of a proxy, or
 * nothing (API reference 2026-01-27, UpdateTaskStatus; the other shapes as the vendor's SDK 3.1.212 accepts them).
 */
final class ErrorBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 1000;
    private static final int MAX_PARAMETERS = 20;
    private static final int LONGEST_PARAMETERS = 300;
    private static final List<String> CODES = List.of("error_code", "code", "errorCode");
    private static final List<String> TEXTS = List.of("error_msg", "message", "error_message", "errorMsg", "title");

    private ErrorBody() {}

    /** @param body the result of {@link SecretMask#ofError} */
    static ApiError parse(int status, String body, @Nullable String requestId) {
        String text = body.replace("\uFEFF", "").strip();
        if (text.isEmpty()) {
            return plain("the answer has no text", requestId);
        }
        if (text.startsWith("<")) {
            return plain(clean(PageText.of(SecretMask.cut(text, SecretMask.LONGEST))), requestId);
        }
        if (text.length() > SecretMask.LONGEST_JSON) {
            return plain(clean(text), requestId);
        }
        try {
            return ofJson(status, JSON.readTree(text), text, requestId);
        } catch (JacksonException ex) {
            return plain(clean(text), requestId);
        }
    }

    private static ApiError ofJson(int status, JsonNode root, String body, @Nullable String requestId) {
        JsonNode node = errorNode(root);
        String code = first(node, CODES);
        String message = first(node, TEXTS);
        String id = requestId != null ? requestId : blankToNull(first(node, List.of("request_id")));
        return new ApiError(
                code.isEmpty() || code.equals(String.valueOf(status)) ? null : clean(code),
                message.isEmpty() ? clean(body) : clean(message) + parameters(node, clean(message)),
                id,
                details(node),
                blankToNull(clean(node.path("encoded_authorization_message").asString(""))));
    }

    /** Values of {@code error_param} that the message does not contain. */
    private static String parameters(JsonNode node, String message) {
        JsonNode parameters = node.path("error_param");
        var values = (parameters.isArray() ? parameters.valueStream() : Stream.of(parameters))
                .limit(MAX_PARAMETERS)
                .map(value -> clean(value.isValueNode() ? value.asString("") : ""))
                .filter(value -> !value.isEmpty() && !message.contains(value))
                .distinct()
                .toList();
        return values.isEmpty() ? "" : " (error_param: " + cut(String.join(", ", values), LONGEST_PARAMETERS) + ")";
    }

    /** Object with the error: the root, or the one object nested in it. */
    private static JsonNode errorNode(JsonNode root) {
        if (!first(root, CODES).isEmpty() || !first(root, TEXTS).isEmpty()) {
            return root;
        }
        for (JsonNode child : root) {
            if (child.isObject() && !(first(child, CODES) + first(child, TEXTS)).isEmpty()) {
                return child;
            }
        }
        return root;
    }

    private static String first(JsonNode node, List<String> names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isValueNode() && !value.isNull() && !value.asString("").isBlank()) {
                return value.asString("").strip();
            }
        }
        return "";
    }

    private static List<ApiException.Detail> details(JsonNode node) {
        List<ApiException.Detail> details = new ArrayList<>();
        for (JsonNode entry : node.path("details")) {
            if (details.size() == MAX_PARAMETERS) {
                break;
            }
            String code = first(entry, CODES);
            String text = first(entry, TEXTS);
            if (!(code + text).isEmpty()) {
                details.add(new ApiException.Detail(blankToNull(clean(code)), blankToNull(clean(text))));
            }
        }
        return details;
    }

    private static ApiError plain(String message, @Nullable String requestId) {
        return new ApiError(null, message.isEmpty() ? "the answer has no text" : message, requestId, List.of(), null);
    }

    /**
     * Reduces a text to one line without control and format characters, so that it cannot forge log lines or reverse a
     * line. Only the first 8 KiB count.
     */
    static String clean(String text) {
        var line = new StringBuilder();
        String start = SecretMask.cut(text, SecretMask.LONGEST);
        for (int at = 0; at < start.length(); at++) {
            char character = start.charAt(at);
            if (!isBlank(character)) {
                line.append(character);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return cut(line.toString().strip(), LONGEST);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character)
                || Character.isISOControl(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }

    private static String cut(String line, int longest) {
        if (line.length() <= longest) {
            return line;
        }
        boolean half = Character.isHighSurrogate(line.charAt(longest - 1));
        return line.substring(0, half ? longest - 1 : longest) + "...";
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
