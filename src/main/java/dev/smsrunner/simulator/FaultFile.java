package dev.smsrunner.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The fault file as written: faults of servers and of answers. Keys are in kebab case.
 *
 * @param servers behaviour by server name; the first matching entry applies
 * @param answers faults of answers; the first entry that applies to a call is used
 * @param dcsProjects projects known to DCS, which share its tasks; without any, every project shows all tasks
 * @param dcsPhases {@code shown} (default) or {@code hidden}: whether the status of a DCS task shows its phase
 * @param speedLimitMax the highest speed limit of the region in Mbit/s, default 1000
 * @param badDeleteId what an id that cannot be deleted does to the other ids of its call, see {@link DeleteBatchRule}
 */
record FaultFile(
        @Nullable List<ServerEntry> servers,
        @Nullable List<AnswerEntry> answers,
        @Nullable List<String> dcsProjects,
        @Nullable String dcsPhases,
        @Nullable Integer speedLimitMax,
        @Nullable String badDeleteId) {

    private static final int LONGEST = 1024 * 1024;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Behaviour of the servers whose name matches. {@link ServerFault} documents the keys.
     *
     * @param name server name, {@code *} and {@code ?} allowed
     */
    record ServerEntry(
            @Nullable String name,
            @Nullable Integer failTimes,
            @Nullable Boolean failAlways,
            @Nullable String failAt,
            @Nullable String failDuring,
            @Nullable String failCode,
            @Nullable String failType,
            @Nullable Boolean disconnected,
            @Nullable String disconnectAt,
            @Nullable String disconnectFor,
            @Nullable Boolean checkError,
            @Nullable String stateCase,
            @Nullable UnknownStateEntry unknownState,
            @Nullable Boolean nullProgress,
            @JsonProperty("progress-over-100") @Nullable Boolean progressOver100,
            @Nullable String deleteTaskAt,
            @Nullable String leftoverTask,
            @Nullable LeftoverTargetEntry leftoverTarget,
            @Nullable String duration,
            @Nullable String hideNewTaskFor,
            @Nullable String cloneError,
            @Nullable String networkCheck,
            @Nullable String actionShowsAfter,
            @Nullable ConsistencyEntry consistency) {}

    /**
     * Result of a comparison of source and target: files that are {@code different}, {@code missing} on the target, or
     * {@code more} on it. {@code takes} is its duration. {@code begins} is {@code sync} (default) or {@code launch}.
     * The {@code shape} of the answer is {@code objects} (default), {@code texts} or {@code top}.
     */
    record ConsistencyEntry(
            @Nullable Integer different,
            @Nullable Integer missing,
            @Nullable Integer more,
            @Nullable String takes,
            @Nullable String begins,
            @Nullable String shape) {}

    /** An undocumented state, shown on the {@code source} (default), the {@code task} or {@code both}. */
    record UnknownStateEntry(
            @Nullable String at,
            @JsonProperty("for") @Nullable String lasting,
            @Nullable String value,
            @Nullable String on) {}

    /** Target of a leftover task. {@link LeftoverTarget} documents the keys. */
    record LeftoverTargetEntry(
            @Nullable String serverId,
            @Nullable String template,
            @Nullable String region,
            @Nullable String project,
            @Nullable String type,
            @Nullable Boolean publicIp,
            @Nullable String migrationIp) {}

    /**
     * A fault of answers. Its durations are real time, since networks do not speed up.
     *
     * @param operation operation name of the API, an action such as {@code start}, or {@code *}
     * @param elements maximum number of elements on a short page, default 100
     */
    record AnswerEntry(
            @Nullable String operation,
            @Nullable String kind,
            @Nullable Double probability,
            @Nullable Boolean firstPerSource,
            @Nullable Integer times,
            @Nullable Integer status,
            @Nullable String delay,
            @Nullable String retryAfter,
            @Nullable Integer elements) {}

    /**
     * Reads a file.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when a key or value is invalid; the message contains file and key
     */
    static Faults read(Path path, long seed) throws IOException {
        String text = text(path);
        try {
            FaultFile file = text.isBlank()
                    ? new FaultFile(null, null, null, null, null, null)
                    : YAML.readValue(text, FaultFile.class);
            return file.compile(path, seed);
        } catch (UnrecognizedPropertyException ex) {
            throw new IllegalArgumentException(unknownKey(path, ex), ex);
        } catch (DatabindException ex) {
            throw new IllegalArgumentException(at(path, ex) + ": " + where(ex) + ": " + ex.getOriginalMessage(), ex);
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(at(path, ex) + ": not YAML: " + ex.getOriginalMessage(), ex);
        }
    }

    /** A pipe would block indefinitely, a device may have no end. */
    private static String text(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + ": is not a regular file. Name a fault file on a disk.");
        }
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IllegalArgumentException(path + ": is larger than 1 MB. Name a fault file.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Faults compile(Path path, long seed) {
        Map<String, ServerFault> byGlob = new LinkedHashMap<>();
        List<AnswerFault> faults = new ArrayList<>();
        List<ServerEntry> serverEntries = servers == null ? List.of() : servers;
        for (int i = 0; i < serverEntries.size(); i++) {
            FaultValues values = new FaultValues(path + ": servers[" + i + "]");
            ServerEntry entry = serverEntries.get(i);
            byGlob.putIfAbsent(values.required("name", entry.name()), FaultCompiler.server(entry, values));
        }
        List<AnswerEntry> answerEntries = answers == null ? List.of() : answers;
        for (int i = 0; i < answerEntries.size(); i++) {
            faults.add(FaultCompiler.answer(answerEntries.get(i), new FaultValues(path + ": answers[" + i + "]")));
        }
        return new Faults(byGlob, faults, rules(new FaultValues(path.toString())), seed);
    }

    private WorldRules rules(FaultValues values) {
        return new WorldRules(
                dcsProjects == null ? List.of() : List.copyOf(dcsProjects),
                FaultCompiler.choice(values, "dcs-phases", dcsPhases, "shown", "hidden"),
                speedLimitMax == null ? SpeedLimitRules.USUAL : new SpeedLimitRules(speedLimitMax),
                badDeleteId == null
                        ? DeleteBatchRule.REFUSES_ALL
                        : values.keyword("bad-delete-id", badDeleteId, DeleteBatchRule.class));
    }

    private static String unknownKey(Path path, UnrecognizedPropertyException e) {
        return "%s: %s: unknown key '%s'. Known keys: %s."
                .formatted(path, where(e), e.getPropertyName(), e.getKnownPropertyIds());
    }

    private static String at(Path path, JacksonException e) {
        return e.getLocation() == null
                ? path.toString()
                : path + ":" + e.getLocation().getLineNr() + ":"
                        + e.getLocation().getColumnNr();
    }

    private static String where(DatabindException e) {
        StringBuilder text = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            boolean inList = step.getPropertyName() == null;
            text.append(inList ? "[" + step.getIndex() + "]" : (text.isEmpty() ? "" : ".") + step.getPropertyName());
        }
        return text.toString();
    }
}
