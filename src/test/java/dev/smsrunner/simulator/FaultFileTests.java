package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid fault files: the message contains file and key. */
class FaultFileTests {

    @TempDir
    private Path directory;

    @Test
    void unknownKeyIsRefusedWithFilePlaceAndKey() {
        assertRefused(
                "servers:\n- name: erp-*\n  fail-tims: 1\n",
                "faults.yaml: ",
                "servers[0]",
                "'fail-tims'",
                "fail-times");
        assertRefused("answer: []\n", "'answer'");
    }

    @Test
    void invalidValueIsRefused() {
        assertRefused("servers:\n- {name: a, fail-at: half}\n", "servers[0]: fail-at is 'half' (must be a share");
        assertRefused("servers:\n- {name: a, duration: long}\n", "duration is 'long'");
        assertRefused("servers:\n- {fail-times: 1}\n", "name is 'null'");
        assertRefused("servers:\n- {name: a, leftover-task: GONE}\n", "leftover-task is 'GONE'");
        assertRefused("servers:\n- {name: a, leftover-target: {project: p}}\n", "no leftover-task");
        assertRefused(
                "servers:\n- {name: a, leftover-task: READY, leftover-target: {server-id: e, template: t}}\n",
                "leftover-target.template is 't'");
        assertRefused("servers:\n- {name: a, fail-times: often}\n", "servers[0].fail-times");
        assertRefused("answers:\n- {operation: '*', kind: explode}\n", "answers[0]: kind is 'explode'", "close-after");
        assertRefused("answers:\n- {operation: '*', kind: empty, probability: 2}\n", "probability is '2.0'");
        assertRefused("bad-delete-id: maybe\n", "bad-delete-id is 'maybe'", "refuses-itself");
        assertRefused("servers: [\n", "faults.yaml");
    }

    private void assertRefused(String yaml, String... parts) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(yaml)).satisfies(e -> {
            for (String part : parts) {
                org.assertj.core.api.Assertions.assertThat(e).hasMessageContaining(part);
            }
        });
    }

    private void read(String yaml) throws IOException {
        FaultFile.read(Files.writeString(directory.resolve("faults.yaml"), yaml), 7);
    }
}
