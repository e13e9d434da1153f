package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault files that are not understood: the message names the file and the key. */
class FaultFileTests {

    @TempDir
    private Path directory;

    @Test
    void anUnknownKeyIsRefusedWithFilePlaceAndKey() {
        refuses(
                "servers:\n- name: erp-*\n  fail-tims: 1\n",
                "faults.yaml: ",
                "servers[0]",
                "'fail-tims'",
                "fail-times");
        refuses("answer: []\n", "'answer'");
    }

    @Test
    void aValueThatMakesNoSenseIsRefused() {
        refuses("servers:\n- {name: a, fail-at: half}\n", "servers[0]: fail-at is 'half' (must be a share");
        refuses("servers:\n- {name: a, duration: long}\n", "duration is 'long'");
        refuses("servers:\n- {fail-times: 1}\n", "name is 'null'");
        refuses("servers:\n- {name: a, leftover-task: GONE}\n", "leftover-task is 'GONE'");
        refuses("servers:\n- {name: a, leftover-target: {project: p}}\n", "no leftover-task");
        refuses(
                "servers:\n- {name: a, leftover-task: READY, leftover-target: {server-id: e, template: t}}\n",
                "leftover-target.template is 't'");
        refuses("servers:\n- {name: a, fail-times: often}\n", "servers[0].fail-times");
        refuses("answers:\n- {operation: '*', kind: explode}\n", "answers[0]: kind is 'explode'", "close-after");
        refuses("answers:\n- {operation: '*', kind: empty, probability: 2}\n", "probability is '2.0'");
        refuses("servers: [\n", "faults.yaml");
    }

    private void refuses(String yaml, String... parts) {
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
