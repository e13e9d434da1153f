package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.FieldRule.Address;
import dev.smsrunner.inventory.FieldRule.Choice;
import dev.smsrunner.inventory.FieldRule.Flag;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.FieldRule.TaskName;
import dev.smsrunner.inventory.FieldRule.Text;
import dev.smsrunner.inventory.FieldRule.WholeNumber;
import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks of every value of UpdateTask: type, range, allowed values and mandatory fields. */
class UpdateFieldsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @TempDir
    Path directory;

    /** A bad value of one field, and the path that the fault must name. */
    record Bad(String path, ObjectNode body) {

        @Override
        public String toString() {
            return path;
        }
    }

    /** Each field of the body, however deep, with each kind of value that it must not have. */
    static Stream<Bad> everyBadValue() {
        var root = (ObjectNode) good(UpdateFields.rules());
        var bad = new ArrayList<Bad>();
        spoil("$", UpdateFields.rules(), root, root, bad);
        return bad.stream();
    }

    private static void spoil(String path, Structure rule, ObjectNode at, ObjectNode root, List<Bad> bad) {
        rule.fields().forEach((name, its) -> {
            var whole = at.get(name);
            for (var value : badValues(its)) {
                at.set(name, value);
                bad.add(new Bad(path + "." + name, root.deepCopy()));
            }
            at.set(name, whole);
            if (its instanceof Structure inner) {
                spoil(path + "." + name, inner, (ObjectNode) whole, root, bad);
            } else if (its instanceof Listing list) {
                spoil(path + "." + name + "[0]", list.element(), (ObjectNode) whole.get(0), root, bad);
            }
        });
        for (var name : rule.shownAsObject() ? List.<String>of() : rule.mandatory()) {
            var value = at.get(name);
            at.remove(name);
            bad.add(new Bad(path + ": " + name + " is missing", root.deepCopy()));
            at.set(name, value);
        }
        at.put("no_such_field", 1);
        bad.add(new Bad(path + ": 'no_such_field' is not a field of", root.deepCopy()));
        at.remove("no_such_field");
    }

    private static List<JsonNode> badValues(FieldRule rule) {
        var text = NODES.stringNode("x");
        var number = NODES.numberNode(7);
        if (rule instanceof WholeNumber whole) {
            var above = whole.max() == Long.MAX_VALUE
                    ? JSON.readTree("9223372036854775808")
                    : NODES.numberNode(whole.max() + 1);
            return List.of(text, NODES.stringNode("1"), NODES.numberNode(1.5), NODES.numberNode(-1), above);
        }
        if (rule instanceof Flag) {
            return List.of(text, number, NODES.stringNode("true"));
        }
        if (rule instanceof Choice) {
            return List.of(text, number, NODES.stringNode(""));
        }
        if (rule instanceof Address) {
            return List.of(text, number, NODES.stringNode("10.0.0.0/8"));
        }
        if (rule instanceof TaskName) {
            return List.of(number, NODES.stringNode(""), NODES.stringNode("no blanks"));
        }
        if (rule instanceof Text limited) {
            return List.of(number, NODES.stringNode("x".repeat(limited.max() + 1)));
        }
        return rule instanceof Listing ? List.of(text, NODES.objectNode()) : List.of(text, NODES.arrayNode());
    }

    private static JsonNode good(FieldRule rule) {
        if (rule instanceof Structure structure) {
            var object = NODES.objectNode();
            structure.fields().forEach((name, its) -> object.set(name, good(its)));
            return object;
        }
        if (rule instanceof Listing list) {
            return NODES.arrayNode().add(good(list.element()));
        }
        if (rule instanceof WholeNumber whole) {
            return NODES.numberNode(whole.max());
        }
        if (rule instanceof Flag) {
            return NODES.booleanNode(true);
        }
        return NODES.stringNode(
                rule instanceof Choice choice
                        ? choice.values().get(0)
                        : rule instanceof Address ? "2001:db8::1" : rule instanceof TaskName ? "迁移_1" : "text");
    }

    @ParameterizedTest
    @MethodSource("everyBadValue")
    void problemContainsItsPath(Bad bad) {
        assertThat(UpdateFields.check(bad.body().toString(), CellLimits.DEFAULT))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.what()).startsWith(bad.path());
                    assertThat(fault.advice()).isNotBlank();
                });
    }

    @Test
    void maximumValueAndNullAreValid() {
        assertThat(UpdateFields.check(good(UpdateFields.rules()).toString(), CellLimits.DEFAULT))
                .isEmpty();
        var nothing = NODES.objectNode();
        UpdateFields.rules().fields().keySet().forEach(nothing::putNull);
        assertThat(UpdateFields.check(nothing.toString(), CellLimits.DEFAULT)).isEmpty();
        assertThat(everyBadValue()).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"priority\": 3} | $.priority: '3' is not a whole number from 0 to 2",
                "{\"priority\": \"2\"} | $.priority: '2' is not a whole number from 0 to 2",
                "{\"speed_limit\": 1001} | $.speed_limit: '1001' is not a whole number from 0 to 1000",
                "{\"type\": \"migrate_file\"} | $.type: 'migrate_file' is not known",
                "{\"target_server\": {\"disks\": [{\"size\": 1}]}} | $.target_server.disks[0]: has none of id, disk_id",
                "{\"target_server\": {\"disks\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}} | $.target_server.disks[1].name: 'a' is already in [0]",
                "{\"target_server\": {\"disk\": []}} | $.target_server: 'disk' is not a field of this object",
                "{\"state\": \"RUNNING\"} | the field state belongs to the agent of SMS",
                "[] | is not a JSON object with fields",
                "{ | is not JSON"
            })
    void problemContainsPathAndValue(String body, String what) {
        assertThat(UpdateFields.check(body, CellLimits.DEFAULT))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).startsWith(what));
    }

    @Test
    void speedLimitFollowsJobFile() {
        assertThat(UpdateFields.check("{\"speed_limit\": 10000}", new CellLimits(10_000)))
                .isEmpty();
    }

    @Test
    void checkReportsAllProblemsOfARow() throws IOException {
        var file = Files.writeString(
                directory.resolve("i.csv"),
                "server_name,update_json\na,\"{\"\"priority\"\": 1}\"\nb,\""
                        + "{\"\"priority\"\": 9, \"\"name\"\": 7, \"\"target_server\"\": {\"\"os_type\"\": \"\"linux\"\"}}\"\n");

        var checked = InventoryFile.check(file, Map.of(), JobRules.UPDATE);

        assertThat(checked.problems())
                .extracting(Object::toString)
                .containsExactly(
                        file
                                + ":3: update_json: $.priority: '9' is not a whole number from 0 to 2; write digits, no quotes",
                        file + ":3: update_json: $.name: '7' is not a text; write it in double quotes",
                        file + ":3: update_json: $.target_server.os_type: 'linux' is not known; "
                                + "did you mean LINUX? Otherwise write one of WINDOWS, LINUX");
    }

    /** A problem of the element itself is more helpful than a problem of its list. */
    @Test
    void elementThatIsNoObjectIsOneProblem() {
        var body = NODES.objectNode();
        body.putObject("target_server").putArray("disks").add(7);

        assertThat(UpdateFields.check(body.toString(), CellLimits.DEFAULT))
                .extracting(CellProblem::what)
                .containsExactly("$.target_server.disks[0]: '7' is not an object");
    }
}
