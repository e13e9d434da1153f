package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessSignalTests {

    private static final int CONT = 18;

    @Test
    void restoresThePreviousHandler() throws Exception {
        var first = new ArrayBlockingQueue<Integer>(2);
        var second = new ArrayBlockingQueue<Integer>(2);
        var restoreDefault = ProcessSignal.handle("CONT", first::add);
        try {
            var restoreFirst = ProcessSignal.handle("CONT", second::add);
            raise();
            assertThat(second.poll(10, TimeUnit.SECONDS)).isEqualTo(CONT);
            restoreFirst.run();
            raise();
            assertThat(first.poll(10, TimeUnit.SECONDS)).isEqualTo(CONT);
            assertThat(second).isEmpty();
        } finally {
            restoreDefault.run();
        }
    }

    @Test
    void refusesAnUnknownSignal() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessSignal.handle("NONE", number -> {}));
    }

    private static void raise() throws Exception {
        var pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
    }
}
