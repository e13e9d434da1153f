package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands with each form of authentication, expired tokens and rejected credentials. */
class AuthenticationStoryTests {

    private static final String TOKENS = "KeystoneCreateUserTokenByPassword";
    private static final Map<String, String> KEYS =
            Map.of("HUAWEICLOUD_SDK_AK", "ACCESSKEY", "HUAWEICLOUD_SDK_SK", "secret key");

    @TempDir
    Path directory;

    private Simulator simulator;
    private Path jobFile;
    private int jobs;

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void expiredTokenIsRenewedOnceForAllRows() throws IOException {
        world(SimulatorCredentials.ofUser("migrator", "pass word", "account-1"), """
                servers:
                - {name: "*", leftover-task: READY, duration: 40h}
                answers:
                - {operation: start, kind: token-expired, times: 1}
                """);
        job("action", "service: {endpoint: \"%s\", auth: password}", "action: {operation: start}");

        var result = run(login(), Clock.systemUTC()).exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 12));
        assertThat(executed("start"))
                .hasSize(12)
                .allSatisfy((source, times) -> assertThat(times).isEqualTo(1));
        // One for the credential check, one for the run, and one for all threads after the first had expired.
        assertThat(simulator.audit().calls(TOKENS)).isEqualTo(3);
    }

    @Test
    void temporaryKeysAreSentWithTheirSecurityToken() throws IOException {
        world(SimulatorCredentials.ofTemporaryKeys("ACCESSKEY", "secret key", "token/1+2="), READY);
        job("action", KEY_SERVICE, "action: {operation: start}");

        assertRefused(KEYS, Clock.systemUTC(), "security token", "revoked");
        var keys = Map.of(
                "HUAWEICLOUD_SDK_AK",
                "ACCESSKEY",
                "HUAWEICLOUD_SDK_SK",
                "secret key",
                "HUAWEICLOUD_SDK_SECURITY_TOKEN",
                "token/1+2=");
        assertThat(run(keys, Clock.systemUTC()).exits(0).outcomes()).containsExactly(entry("DONE", 12));
    }

    @Test
    void revokedKeyWrongSecretAndWrongClockHaveTheirMessages() throws IOException {
        world(SimulatorCredentials.ofKeys("ACCESSKEY", "secret key"), READY);
        job("action", KEY_SERVICE, "action: {operation: start}");

        assertRefused(
                Map.of("HUAWEICLOUD_SDK_AK", "REVOKEDKEY", "HUAWEICLOUD_SDK_SK", "secret key"),
                Clock.systemUTC(),
                "APIG.0301",
                "access key not found",
                "was revoked");
        assertRefused(
                Map.of("HUAWEICLOUD_SDK_AK", "ACCESSKEY", "HUAWEICLOUD_SDK_SK", "another"),
                Clock.systemUTC(),
                "APIG.0303",
                "The secret key does not belong to this access key");
        assertRefused(
                KEYS,
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)),
                "The clock of this machine is 20 minutes ahead of the clock of the service (at most 15). Correct the system clock");
        assertRefused(
                KEYS,
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-31)),
                "The clock of this machine is",
                "minutes behind the clock of the service");
        assertThat(run(KEYS, Clock.systemUTC()).exits(0).outcomes()).containsExactly(entry("DONE", 12));
    }

    @Test
    void tokenOfAnotherScopeIsReportedWithItsFix() throws IOException {
        world(SimulatorCredentials.ofUser("migrator", "pass word", "account-1"), READY);
        Files.writeString(directory.resolve("inventory.csv"), "project_id,task_name\np-1,redis-001\np-1,redis-003\n");
        var service = "service: {endpoint: \"%s\", auth: password, scope: {SCOPE}}";

        job("stop-dcs", service.replace("SCOPE", "project-id: p-2"), "stop-dcs: {project_id: p-1}");
        assertRefused(login(), Clock.systemUTC(), "Common.0013", "Correct service.scope in the job file");
        job("stop-dcs", service.replace("SCOPE", "domain-name: account-1"), "stop-dcs: {project_id: p-1}");
        assertRefused(login(), Clock.systemUTC(), "Common.0013");

        job("stop-dcs", service.replace("SCOPE", "project-id: p-1"), "stop-dcs: {project_id: p-1}");
        assertThat(run(login(), Clock.systemUTC()).exits(0).outcomes()).containsExactly(entry("DONE", 2));
    }

    private static final String READY = "servers:\n- {name: \"*\", leftover-task: READY, duration: 40h}\n";
    private static final String KEY_SERVICE = "service: {endpoint: \"%s\"}";

    private void world(SimulatorCredentials credentials, String faults) throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withServers(12)
                .withSpeed(600)
                .withFaults(Files.writeString(directory.resolve("faults.yaml"), faults))
                .withCredentials(credentials));
        var rows = KnownServer.first(12).stream()
                .map(server -> server.name() + "," + server.ip() + "\n")
                .collect(Collectors.joining());
        Files.writeString(directory.resolve("inventory.csv"), "server_name,source_ip\n" + rows);
    }

    private void job(String kind, String service, String block) throws IOException {
        jobFile = directory.resolve("job-" + ++jobs + ".yaml");
        Files.writeString(jobFile, """
                job: %s
                inventory: inventory.csv
                limits: {requests-per-second: 400}
                watch: {every: 100ms, stalled-after: 1m}
                """.formatted(kind) + service.formatted(simulator.endpoint()) + "\n" + block + "\n");
    }

    private Map<String, String> login() {
        return Map.of(
                "HUAWEICLOUD_IAM_ENDPOINT",
                simulator.endpoint(),
                "HUAWEICLOUD_DOMAIN_NAME",
                "account-1",
                "HUAWEICLOUD_USER_NAME",
                "migrator",
                "HUAWEICLOUD_PASSWORD",
                "pass word");
    }

    private CommandResult run(Map<String, String> environment, Clock clock) {
        var arguments = List.of(
                "run",
                jobFile.toString(),
                "--json",
                "--data",
                directory.resolve("data").toString());
        return new CommandResult(Shell.execute(environment, clock, arguments.toArray(String[]::new)));
    }

    /** Asserts exit code 4 with all texts and no change in the cloud. */
    private void assertRefused(Map<String, String> environment, Clock clock, String... texts) {
        run(environment, clock).exits(4).prints(texts);

        var changes = new ArrayList<>(simulator.audit().entries());
        changes.removeIf(entry -> entry.effect() != AuditEntry.Effect.EXECUTED || entry.requestId() == null);
        assertThat(changes).isEmpty();
    }

    private Map<String, Integer> executed(String operation) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals(operation))
                .filter(entry -> entry.effect() == AuditEntry.Effect.EXECUTED)
                .collect(Collectors.toMap(entry -> String.valueOf(entry.source()), entry -> 1, Integer::sum));
    }
}
