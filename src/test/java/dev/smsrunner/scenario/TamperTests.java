package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import dev.smsrunner.verify.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tampering in the embedded database, the reports, the audit and the cloud. */
class TamperTests extends TamperStories {

    private static final Map<String, String> WITH_KEYS =
            Map.of("HUAWEICLOUD_SDK_AK", "AKIACANARYNIGHT00001", "HUAWEICLOUD_SDK_SK", "canary-of-the-night");

    @Override
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }

    @ParameterizedTest
    @CsvSource({
        "report.csv, MIGRATED, SYNCED, I19",
        "report.csv, MIGRATED, SYNCED, I2",
        "report.json, MIGRATE_SUCCESS, MIGRATE_FAIL, I19",
        "report.json, '\"row\" : 1', '\"row\" : 7', I2",
        "report.json, '\"server_name\" : \"erp-app-01\"', '\"server_name\" : \"erp-app-07\"', I2",
        "rerun.csv, erp-app-03, erp-app-04, I19"
    })
    void editedReportIsFound(String file, String original, String replacement, String invariant) throws IOException {
        edit(reports().resolve(file), text -> text.replaceFirst(java.util.regex.Pattern.quote(original), replacement));

        assertThat(verify().violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.what() + violation.evidence()).contains(file);
        });
    }

    @Test
    void missingReportIsRemarked() throws IOException {
        Files.delete(reports().resolve("report.json"));

        var verified = verify();

        assertThat(verified.violations()).isEmpty();
        assertThat(verified.notChecked()).anySatisfy(remark -> {
            assertThat(remark.invariant()).isEqualTo("I19");
            assertThat(remark.text()).contains("report.json does not exist");
        });
    }

    @Test
    void secondTaskInTheAuditIsFound() throws IOException {
        var again =
                audit().stream().filter(line -> line.contains("\"CreateTask\"")).findFirst();

        assertThat(withAudit(again.orElseThrow().replaceFirst("\"task\":\"[^\"]*\"", "\"task\":\"second\"")))
                .extracting(Violation::invariant)
                .contains("I1", "I8");
    }

    @Test
    void callWithoutIntentAndForbiddenCallAreFound() throws IOException {
        var start = audit().stream().filter(line -> line.contains("\"start\"")).findFirst();

        assertThat(withAudit(start.orElseThrow().replaceFirst("\"before\":\"READY", "\"before\":\"RUNNING")))
                .extracting(Violation::invariant)
                .contains("I3", "I8");
    }

    @Test
    void callUnknownToTheServiceIsFound() throws IOException {
        var lines = new ArrayList<>(audit());
        lines.removeIf(line -> line.contains("\"start\"") && line.contains(source(1)));

        assertThat(verify(Files.write(directory().resolve("edited.jsonl"), lines))
                        .violations())
                .anySatisfy(violation -> {
                    assertThat(violation.invariant()).isEqualTo("I8");
                    assertThat(violation.row()).isEqualTo(1);
                    assertThat(violation.what())
                            .startsWith("START of ")
                            .contains("is DONE in the ledger, but not in the audit");
                });
    }

    @Test
    void revertedThirdPartyChangeIsFound() throws IOException {
        var launch = audit().stream()
                .filter(line -> line.contains("\"test\"") && line.contains(source(1)))
                .findFirst()
                .orElseThrow();
        var look = audit().stream()
                .filter(line -> line.contains("\"ListServers\""))
                .findFirst();
        var paused = launch.replace("\"test\"", "\"stop\"").replaceFirst("\"actor\":\"[^\"]*\"", "\"actor\":\"x\"");

        assertThat(withAudit(paused, at(launch, look.orElseThrow()), launch.replace("\"test\"", "\"start\"")))
                .filteredOn(violation -> violation.invariant().equals("I13"))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).startsWith("start was sent after another user had done 'stop'"));
    }

    /** The entry with the time of another entry. */
    private static String at(String other, String entry) {
        var time = other.replaceFirst(".*\"realTime\":\"([^\"]*)\".*", "$1");
        return entry.replaceFirst("\"realTime\":\"[^\"]*\"", "\"realTime\":\"" + time + "\"");
    }

    private String source(int row) {
        return sql().queryForObject("select source_id from migration where row_no = ?", String.class, row);
    }

    @Test
    void unreachableServiceExitsWith4() {
        var job = JobFileBuilder.of("http://127.0.0.1:1", Map.of("cutover.when", "synced"));
        sql().update("update run set job_text = ?", job);

        var output = command(WITH_KEYS, "verify", "last", "--remote");

        assertThat(output.exit()).as(output.err()).isEqualTo(4);
        assertThat(output.err()).contains("127.0.0.1:1");
    }

    @Test
    void refusedCredentialsExitWith4() throws IOException {
        try (var other = Simulator.start(SimulatorSettings.defaults()
                .withCredentials(SimulatorCredentials.ofKeys("AKIAOTHER0000000", "other")))) {
            sql().update(
                            "update run set job_text = ?",
                            JobFileBuilder.of(other.endpoint(), Map.of("cutover.when", "synced")));

            var output = command(WITH_KEYS, "verify", "last", "--remote");

            assertThat(output.exit()).as(output.err()).isEqualTo(4);
            assertThat(output.err()).containsIgnoringCase("credentials");
        }
    }

    @Test
    void callAfterTheEndAndUncheckedRepeatAreFound() throws IOException {
        var start = audit().stream().filter(line -> line.contains("\"start\"")).findFirst();
        var late = start.orElseThrow().replaceFirst("\"realTime\":\"[^\"]*\"", "\"realTime\":\"2199-01-01T00:00:00Z\"");

        assertThat(withAudit(late, late)).extracting(Violation::invariant).contains("I11", "I17", "I3");
    }

    @Test
    void secondTaskInTheCloudIsFound() throws IOException {
        assertThat(command("verify", "last", "--remote").exit()).isZero();
        var journal = world().resolve("journal.jsonl");
        var create = Files.readAllLines(journal).stream()
                .filter(line -> line.contains("CREATE_TASK"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                journal,
                Files.readString(journal)
                        + create.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"11111111-2222-3333-4444-555555555555\"")
                        + "\n");

        var output = command("verify", "last", "--remote");

        assertThat(output.out()).contains("DRIFT", "11111111-2222-3333-4444-555555555555", "not the task of the row");
        assertThat(output.exit()).isEqualTo(1);
    }

    @Test
    void jsonHasTheContentOfTheText() {
        sql().update("update migration set outcome = 'FAILED' where row_no = 1");

        assertThat(command("verify", "last").out()).startsWith("I20  row 1 erp-app-01: outcome is 'FAILED'");
        var json = new CommandResult(command("verify", run().runId(), "--json"))
                .exits(1)
                .json();

        assertThat(json.path("run_id").asString()).isEqualTo(run().runId());
        assertThat(json.path("violations").get(0).path("row").asInt()).isEqualTo(1);
        assertThat(json.path("checked").size()).isPositive();
        assertThat(json.path("not_checked").get(0).has("why")).isTrue();
    }

    @Test
    void unknownRunAndInvalidAuditAreBadInput() throws IOException {
        assertThat(command("verify", "20200101-0000-0000").exit()).isEqualTo(2);
        var none = Files.writeString(directory().resolve("none.jsonl"), "no audit\n");
        var output = command("verify", "last", "--audit", none.toString());

        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err()).contains("line 1");
    }

    /** Violations with these lines appended to the audit. */
    private List<Violation> withAudit(String... more) throws IOException {
        var lines = new ArrayList<>(audit());
        long last = lines.size();
        for (var line : more) {
            lines.add(line.replaceFirst("\"seq\":\\d+", "\"seq\":" + ++last));
        }
        return verify(Files.write(directory().resolve("edited.jsonl"), lines)).violations();
    }

    private List<String> audit() throws IOException {
        return Files.readAllLines(world().resolve(AUDIT));
    }

    private static void edit(Path file, UnaryOperator<String> how) throws IOException {
        var text = Files.readString(file);
        var edited = how.apply(text);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(file, edited);
    }

    private Path reports() {
        return directory().resolve("reports").resolve(run().runId());
    }
}
