package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.smsrunner.cloud.UnreadableAnswerException;
import java.util.List;
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

/** JSON of SMS, with exact writing and tolerant reading. One bad field of one server must not make a page of two hundred unreadable. */
final class SmsJson {

    /** Treats a value of the wrong type as absent. */
    private static final class TolerantProblemHandler extends DeserializationProblemHandler {

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

    private static final String NO_OBJECT = "the answer is not a JSON object";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addHandler(new TolerantProblemHandler())
            .addModule(TolerantNumber.module())
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper STATES =
            MAPPER.rebuild().addMixIn(SourceServer.class, WithoutDetails.class).build();

    private SmsJson() {}

    @JsonIgnoreProperties(
            value = {"checks", "init_target_server", "disks", "volume_groups", "btrfs_list"},
            ignoreUnknown = true)
    private interface WithoutDetails {}

    static String write(Object payload) {
        return MAPPER.writeValueAsString(payload);
    }

    static JsonNode tree(Object payload) {
        return MAPPER.valueToTree(payload);
    }

    /** @throws UnreadableAnswerException when the body is not an object */
    static JsonNode object(String body) {
        JsonNode root = body.isBlank() ? MAPPER.missingNode() : MAPPER.readTree(body);
        if (!root.isObject()) {
            throw new UnreadableAnswerException(NO_OBJECT);
        }
        return root;
    }

    /** Parses a JSON string. */
    static String text(String body) {
        JsonNode root = MAPPER.readTree(body);
        if (!root.isString()) {
            throw new UnreadableAnswerException("the answer is not a JSON text");
        }
        return root.stringValue();
    }

    /** Parses a page. A page without its list would seem to be an empty account, so it is unreadable. */
    static <T extends ListPage> T page(String body, String listName, Class<T> type) {
        return page(MAPPER, body, listName, type);
    }

    /** Parses a page of sources without disks, checks and proposed targets, which are most of its text. */
    static SourcePage states(String body) {
        return page(STATES, body, "source_servers", SourcePage.class);
    }

    private static <T extends ListPage> T page(JsonMapper mapper, String body, String listName, Class<T> type) {
        T page = body.isBlank() ? null : mapper.readValue(body, type);
        if (page == null) {
            throw new UnreadableAnswerException(NO_OBJECT);
        }
        boolean announcedEmpty = page.count() != null && page.count() == 0;
        if (!page.hasList() && !announcedEmpty) {
            throw new UnreadableAnswerException("the answer has no list " + listName);
        }
        return page;
    }

    /** Parses one resource, which must have the requested id. */
    static <T> T resource(String body, String expectedId, Class<T> type) {
        JsonNode root = object(body);
        requireId(root, expectedId);
        return MAPPER.treeToValue(root, type);
    }

    /** Id in the answer to a create. */
    static String id(String body) {
        JsonNode node = object(body).path("id");
        String id =
                node.isString() || node.isIntegralNumber() ? node.asString("").strip() : "";
        if (id.isEmpty()) {
            throw new UnreadableAnswerException("the answer has no id");
        }
        return id;
    }

    static void requireId(JsonNode root, String expectedId) {
        requireOneOf(root, List.of(expectedId));
    }

    /** Requires the id of one of the requested resources. */
    static void requireOneOf(JsonNode root, List<String> expectedIds) {
        String id = root.path("id").asString("").strip();
        if (expectedIds.stream().noneMatch(id::equalsIgnoreCase)) {
            throw new UnreadableAnswerException("ALARM: requested id %s but the answer is about %s"
                    .formatted(String.join(", ", expectedIds), id.isEmpty() ? "no id" : "id " + id));
        }
    }
}
