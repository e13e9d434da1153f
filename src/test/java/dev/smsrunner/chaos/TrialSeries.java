package dev.smsrunner.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Trials one after the other, a few at a time; each is told as it ends. */
final class TrialSeries {

    private static final int AT_ONCE = Integer.getInteger("trials.parallel", 2);

    private final List<Callable<TrialResult>> planned = new ArrayList<>();

    TrialSeries plan(
            String what, Trial trial, DatabaseKind store, long seed, @Nullable Defect defect, @Nullable String detail) {
        planned.add(() -> {
            long began = System.nanoTime();
            var findings = new TrialFindings();
            played(trial, store, seed, defect, findings);
            var line = new TrialResult(what, store, seed, detail, findings, (System.nanoTime() - began) / 1_000_000);
            System.out.println(line + (findings.isEmpty() || defect != null ? "" : "\n" + findings));
            return line;
        });
        return this;
    }

    private static void played(
            Trial trial, DatabaseKind store, long seed, @Nullable Defect defect, TrialFindings findings) {
        try {
            var directory = Files.createTempDirectory("trial");
            findings.works(
                    "the trial itself", () -> trial.on(new TrialSetup(directory, store, seed, defect), findings));
            if (findings.isEmpty() || defect != null) {
                FileSystemUtils.deleteRecursively(directory);
            } else {
                System.out.println("Kept for a look: " + directory);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    List<TrialResult> played() {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var lines = new ArrayList<TrialResult>();
            for (var future : threads.invokeAll(planned)) {
                lines.add(future.get());
            }
            return lines;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        } catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes a table beside the other results of the build. */
    static void write(String name, String text) {
        try {
            var file = Path.of("target", "trials", name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
