package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.Secret;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Secrets in the records of a run, in several encodings. */
class SecretCheckTests {

    private static final String SECRET = "canary/secret+key=of&the\"night\u00E9";

    @TempDir
    private Path directory;

    static List<String> forms() {
        return List.of(
                SECRET,
                JsonMapper.shared().writeValueAsString(SECRET),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8).toLowerCase(java.util.Locale.ROOT),
                SECRET.replace("&", "&amp;").replace("\"", "&quot;"),
                SECRET.replace("\"", "\"\""),
                base64(SECRET),
                base64("a:" + SECRET),
                base64("ak:" + SECRET + ":more"),
                Base64.getUrlEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyEncodingIsFoundAndMasked(String form) throws IOException {
        var patterns = new SecretPatterns(Map.of("KEY", Secret.of(SECRET)));
        var file = Files.writeString(directory.resolve("run.log"), "first line\n" + "x".repeat(65_500) + form + "x\n");

        assertThat(patterns.mask("before " + form + " after"))
                .doesNotContain("secret")
                .startsWith("before ");
        assertThat(new SecretScanner(patterns).scan(file))
                .isNotEmpty()
                .allSatisfy((found, line) -> assertThat(line).isEqualTo(2));
    }

    @Test
    void secretOfTheRunnerIsSearchedButIsNoCredential() {
        var patterns = new SecretPatterns(Map.of(), Map.of("OWN", Secret.of(SECRET)));

        assertThat(patterns.mask("before " + SECRET)).isEqualTo("before ****");
        assertThat(patterns.hasCredentials()).isFalse();
        assertThat(patterns.isAny()).isTrue();
    }

    @Test
    void shortSecretInsideALongerWordIsIgnored() throws IOException {
        var patterns = new SecretPatterns(
                Map.of("PASSWORD", Secret.of("Tree-h0use"), "TINY", Secret.of("abc"), "WORD", Secret.of("smsrunner1")));

        assertThat(patterns.mask("jdbc:Tree-h0useql://db")).isEqualTo("jdbc:Tree-h0useql://db");
        assertThat(patterns.mask("password=Tree-h0use;")).isEqualTo("password=****;");
        assertThat(patterns.ordinary()).containsExactly("TINY", "WORD");
        var file = directory.resolve("run.log");
        for (int before = 65_500; before < 65_560; before++) {
            Files.writeString(file, " ".repeat(before) + "Tree-h0useql");
            assertThat(new SecretScanner(patterns).scan(file))
                    .as("after %d blanks", before)
                    .isEmpty();
            Files.writeString(file, "x".repeat(before) + "Tree-h0use");
            assertThat(new SecretScanner(patterns).scan(file))
                    .as("after %d letters", before)
                    .isEmpty();
            Files.writeString(file, " ".repeat(before) + "Tree-h0use");
            assertThat(new SecretScanner(patterns).scan(file))
                    .as("%d blanks", before)
                    .hasSize(1);
        }
    }

    @Test
    void eachPlaceIsReportedOnceWithoutTheSecret() throws IOException {
        var logs = Files.createDirectories(directory.resolve("logs"));
        try (var book = new TestLedger(TestDatabases.embedded(directory))) {
            book.plan(List.of(Map.of("server_name", "a"), Map.of("server_name", "b", "tags", "K=" + SECRET)));
            book.ledger()
                    .appendRunEvents(
                            book.owner(), EventDraft.ofRun("FINDING", "signed with " + SECRET + " by " + SECRET));
            Files.writeString(logs.resolve(book.runId() + ".log"), "one\ntwo " + SECRET + "\n" + SECRET);
            Files.writeString(logs.resolve("20200101-0000-0000.log"), SECRET);
            writeZip(logs.resolve("packed.zip"));

            var found = found(book, logs, Map.of("THE_KEY", Secret.of(SECRET)));

            assertThat(found).hasSize(4).allSatisfy(violation -> {
                assertThat(violation.what()).contains("THE_KEY");
                assertThat(violation.line()).doesNotContain("canary").doesNotContain("secret+key");
            });
            assertThat(found).extracting(Violation::row).containsExactlyInAnyOrder(2, null, null, null);
            assertThat(found)
                    .extracting(Violation::evidence)
                    .anyMatch(text -> text.startsWith("event "))
                    .anyMatch(text -> text.endsWith(book.runId() + ".log, line 2"))
                    .anyMatch(text -> text.endsWith("packed.zip, line 1"));
        }
    }

    private static void writeZip(Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("sheet.xml"));
            zip.write(("<c>" + SECRET + "</c>").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Violation> found(TestLedger book, Path logs, Map<String, Secret> secrets) throws IOException {
        var run = new Runs(book.database().source(), book.clock())
                .find(book.runId())
                .orElseThrow();
        return new Verification(
                        book.database().source(),
                        book.ledger(),
                        new JobCalls(BulkJobs.calls()),
                        book.clock(),
                        new SecretPatterns(secrets),
                        logs)
                .of(run, true, null, null).violations().stream()
                        .filter(violation -> violation.invariant().equals("I7"))
                        .toList();
    }
}
