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

/** Runs trials, a few in parallel, and prints each result. */
final class TrialSeries {

    private static final int AT_ONCE = Integer.getInteger("trials.parallel", 2);

    private final List<Callable<TrialResult>> planned = new ArrayList<>();

    TrialSeries plan(
            String what, Trial trial, DatabaseKind store, long seed, @Nullable Defect defect, @Nullable String detail) {
        planned.add(() -> {
            long start = System.nanoTime();
            var findings = new TrialFindings();
            run(trial, store, seed, defect, findings);
            var line = new TrialResult(what, store, seed, detail, findings, (System.nanoTime() - start) / 1_000_000);
            System.out.println(line + (findings.isEmpty() || defect != null ? "" : "\n" + findings));
            return line;
        });
        return this;
    }

    private static void run(
            Trial trial, DatabaseKind store, long seed, @Nullable Defect defect, TrialFindings findings) {
        try {
            var directory = Files.createTempDirectory("trial");
            findings.works(
                    "the trial itself", () -> trial.on(new TrialSetup(directory, store, seed, defect), findings));
            if (findings.isEmpty() || defect != null) {
                FileSystemUtils.deleteRecursively(directory);
            } else {
                System.out.println("Kept for inspection: " + directory);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    List<TrialResult> runAll() {
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

    /** Writes a table to the build directory. */
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
