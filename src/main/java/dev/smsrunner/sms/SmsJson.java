package dev.smsrunner.sms;

import dev.smsrunner.cloud.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.json.JsonMapper;

/** JSON of SMS: written exactly, read tolerantly. One odd field of one server must not make a page of two hundred unreadable. */
final class SmsJson {

    /** A value of the wrong kind counts as absent. */
    private static final class Tolerant extends DeserializationProblemHandler {

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String why) {
            return null;
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> target, Number value, String why) {
            return null;
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType target, JsonToken token, JsonParser parser, String why) {
            parser.skipChildren();
            return null;
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> target,
                @Nullable ValueInstantiator instantiator,
                JsonParser parser,
                String why) {
            parser.skipChildren();
            return null;
        }
    }

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addHandler(new Tolerant())
            .addModule(TolerantNumber.module())
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SmsJson() {}

    static String write(Object payload) {
        return MAPPER.writeValueAsString(payload);
    }

    static JsonNode tree(Object payload) {
        return MAPPER.valueToTree(payload);
    }

    /** @throws UnreadableAnswerException when it is not an object */
    static JsonNode object(String body) {
        JsonNode root = body.isBlank() ? MAPPER.missingNode() : MAPPER.readTree(body);
        if (!root.isObject()) {
            throw new UnreadableAnswerException("the answer is not a JSON object");
        }
        return root;
    }

    /** A JSON text. */
    static String text(String body) {
        JsonNode root = MAPPER.readTree(body);
        if (!root.isString()) {
            throw new UnreadableAnswerException("the answer is not a JSON text");
        }
        return root.stringValue();
    }

    /** A page whose list is missing would look like an empty account, so it does not count as an answer. */
    static <T> T page(String body, String listName, Class<T> type) {
        JsonNode root = object(body);
        boolean listed = root.path(listName).isArray();
        boolean saysEmpty =
                root.path("count").asInt(-1) == 0 && root.path(listName).isEmpty();
        if (!listed && !saysEmpty) {
            throw new UnreadableAnswerException("the answer has no list " + listName);
        }
        return MAPPER.treeToValue(root, type);
    }

    /** One thing, which must be the one that was asked for. */
    static <T> T one(String body, String wantedId, Class<T> type) {
        JsonNode root = object(body);
        requireId(root, wantedId);
        return MAPPER.treeToValue(root, type);
    }

    /** The id in the answer to a create. */
    static String id(String body) {
        JsonNode given = object(body).path("id");
        String id = given.isString() || given.isIntegralNumber()
                ? given.asString("").strip()
                : "";
        if (id.isEmpty()) {
            throw new UnreadableAnswerException("the answer has no id");
        }
        return id;
    }

    static void requireId(JsonNode root, String wantedId) {
        String id = root.path("id").asString("").strip();
        if (!id.equalsIgnoreCase(wantedId)) {
            throw new UnreadableAnswerException("ALARM: asked for id %s but the answer is about %s"
                    .formatted(wantedId, id.isEmpty() ? "no id" : "id " + id));
        }
    }
}
