package dev.smsrunner.inventory;

import dev.smsrunner.support.JobRules;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Prints how long large and hostile inventories take; run it with {@code -Xmx256m} and the number of rows. It asserts
 * nothing, since a timed test fails on the slow machine of the day.
 */
final class InventoryBenchmark {

    private static final Map<String, String> DEFAULTS =
            Map.of("migration_type", "MIGRATE_FILE", "target_region", "ap-southeast-3");

    private InventoryBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path directory = Files.createTempDirectory("inventory-benchmark");
        Path good = good(directory.resolve("good.csv"), rows);
        InventoryCheckResult checked = timed("check of " + rows + " good rows", () -> JobRules.check(good, DEFAULTS));
        timed("check again", () -> JobRules.check(good, DEFAULTS));
        timed("read and keep all rows", () -> readAll(good, checked.sha256()));
        hostile(directory, rows);
    }

    private static void hostile(Path directory, int rows) throws Exception {
        String header = "server_name,source_ip,target_project_id,vm_template_id,note\n";
        String line = "web-1,10.0.0.1,p-1,t-1,x\n";
        check(directory, "unclosed quote", header + "web-0,10.0.0.0,p-1,t-1,\"x\n" + line.repeat(rows));
        check(directory, "unclosed quote in every row", header + "web-0,10.0.0.0,p-1,t-1,\"x\n\n".repeat(rows));
        check(directory, "cell of 10 MB", header + "web-0,10.0.0.0,p-1,t-1," + "x".repeat(10_000_000) + "\n" + line);
        check(directory, "quoted cell of 10 MB", header + "web-0,,p-1,t-1,\"" + "x\n".repeat(5_000_000) + "\"\n");
        check(directory, "NUL in every row", header + "web-0\u0000,10.0.0.0,p-1,t-1,x\n".repeat(rows));
        check(directory, "NULs only", "\u0000".repeat(10_000_000));
        check(directory, "5,000 columns", "a,".repeat(5_000) + "server_name\n" + line.repeat(rows));
        check(directory, "same row again and again", header + line.repeat(rows));
        check(directory, "chain of dependencies", chain(rows));
    }

    private static String chain(int rows) {
        StringBuilder text = new StringBuilder("server_name,target_project_id,vm_template_id,depends_on\n");
        for (int i = 0; i < rows; i++) {
            text.append("s")
                    .append(i)
                    .append(",p-1,t-1,s")
                    .append((i + 1) % rows)
                    .append('\n');
        }
        return text.toString();
    }

    private static void check(Path directory, String what, String text) throws Exception {
        Path file = Files.writeString(directory.resolve("hostile.csv"), text);
        InventoryCheckResult checked = timed(what, () -> JobRules.check(file, DEFAULTS));
        System.out.println("    " + checked.problemCount() + " problems, first: "
                + (checked.ok() ? "none" : checked.problems().get(0)));
    }

    private static Path good(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(columns() + ",note\n");
            for (int i = 0; i < rows; i++) {
                out.write(row(i));
            }
        }
        System.out.printf("%,d bytes%n", Files.size(file));
        return file;
    }

    /** The columns that a row of {@link #row} fills, in its order. */
    private static String columns() {
        return Column.labels().subList(0, Column.TAGS.ordinal() + 1).stream()
                .filter(label -> !label.equals(Column.SPEED_LIMIT_RULES.label())
                        && !label.equals(Column.OVER_SPEED_THRESHOLD.label()))
                .collect(Collectors.joining(","));
    }

    private static String row(int i) {
        String template = i % 4 == 0 ? "," + String.format("9f%06x-0c1d-4e2f", i) : "tpl-standard,";
        String before = i % 10 == 0 && i > 0 ? "srv-" + (i - 1) + ".corp.example" : "";
        return String.format(
                Locale.ROOT,
                "W%d,app-%d,srv-%d.corp.example,%08x-7a9a-4e2f-b9e4-855fbe12e83b,10.%d.%d.%d,%s,%s,,AP-Singapore,"
                        + "0a1b2c3d4e5f60718293a4b5c6d7e8f9,,%s,target-%d,%s,true,false,true,no,200,%d,%s,"
                        + "ops-%d@corp.example,CHG%07d,Env=prod;Owner=team-%d,\"a note, %d\"%n",
                i % 20,
                i % 300,
                i,
                i,
                i >> 16 & 255,
                i >> 8 & 255,
                i & 255,
                i % 3 == 0 ? "WINDOWS" : "LINUX",
                i % 3 == 0 ? "MIGRATE_BLOCK" : "",
                template,
                i,
                i % 4 == 0 ? "172." + (16 + (i >> 16 & 15)) + "." + (i >> 8 & 255) + "." + (i & 255) : "",
                i % 3,
                before,
                i % 50,
                i,
                i % 40,
                i);
    }

    private static String readAll(Path file, String sha256) throws Exception {
        InventoryReader reader = new InventoryReader(file, DEFAULTS, sha256);
        reader.open(new ExecutionContext());
        List<InventoryRow> rows = new ArrayList<>();
        for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
            rows.add(row);
        }
        reader.close();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return String.format("%,d rows in %,d bytes", rows.size(), runtime.totalMemory() - runtime.freeMemory());
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long before = System.nanoTime();
        T result = work.call();
        System.out.printf("%6d ms  %s%n", (System.nanoTime() - before) / 1_000_000, what);
        String shown = result.toString();
        System.out.println("    " + shown.substring(0, Math.min(160, shown.length())));
        return result;
    }
}
