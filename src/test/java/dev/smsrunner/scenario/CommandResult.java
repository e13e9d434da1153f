package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReaderHeaderAware;
import com.opencsv.exceptions.CsvValidationException;
import dev.smsrunner.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Result of a command: exit code and output. */
public final class CommandResult {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Shell.Result output;

    public CommandResult(Shell.Result output) {
        this.output = output;
    }

    public CommandResult exits(int code) {
        assertThat(output.exit()).as(output.err()).isEqualTo(code);
        return this;
    }

    /** The exit code. */
    public int exitCode() {
        return output.exit();
    }

    /** Asserts that stderr contains the texts. */
    public CommandResult prints(String... texts) {
        assertThat(output.err()).contains(texts);
        return this;
    }

    /** Asserts that the result on stdout contains these texts. */
    public CommandResult printsResult(String... texts) {
        assertThat(output.out()).contains(texts);
        return this;
    }

    public String out() {
        return output.out();
    }

    public String err() {
        return output.err();
    }

    public JsonNode json() {
        return JSON.readTree(output.out());
    }

    /** Parses JSON printed by a command. */
    static JsonNode parsed(String json) {
        return JSON.readTree(json);
    }

    public String runId() {
        return json().path("run_id").asString();
    }

    /** Counts of the outcomes that occurred, such as {@code MIGRATED=6}, by name. */
    public Map<String, Integer> outcomes() {
        var counts = new TreeMap<String, Integer>();
        json().path("outcome").properties().forEach(entry -> {
            if (entry.getValue().asInt() > 0) {
                counts.put(entry.getKey(), entry.getValue().asInt());
            }
        });
        return counts;
    }

    /** The lines of {@code report.csv} by server name. */
    public Map<String, Map<String, String>> report() {
        return csv(reportFile("report.csv"));
    }

    /** States of the mutating calls of the run. */
    public Set<String> callStates() {
        var states = new TreeSet<String>();
        JSON.readTree(reportFile("report.json").toFile())
                .path("changes")
                .forEach(change -> states.add(change.path("state").asString()));
        return states;
    }

    /** A JSON file of the report. */
    JsonNode json(String file) {
        return JSON.readTree(reportFile(file).toFile());
    }

    /** Controls of the run and their states, in order. */
    List<String> controls() {
        var done = new ArrayList<String>();
        JSON.readTree(reportFile("report.json").toFile()).path("events").forEach(event -> {
            if (event.path("kind").asString().equals("CONTROL")) {
                done.add(event.path("before").asString() + " "
                        + event.path("after").asString());
            }
        });
        return done;
    }

    private Path reportFile(String name) {
        return Path.of(json().path("report_directory").asString()).resolve(name);
    }

    private static Map<String, Map<String, String>> csv(Path file) {
        var rows = new LinkedHashMap<String, Map<String, String>>();
        try (var reader = new CSVReaderHeaderAware(Files.newBufferedReader(file))) {
            for (var row = reader.readMap(); row != null; row = reader.readMap()) {
                rows.put(row.get("server_name"), row);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (CsvValidationException ex) {
            throw new IllegalStateException(ex);
        }
        return rows;
    }
}
