package dev.smsrunner.benchmark;

import com.huaweicloud.sdk.core.auth.GlobalCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.sms.v3.SmsClient;
import com.huaweicloud.sdk.sms.v3.model.CreateTaskRequest;
import com.huaweicloud.sdk.sms.v3.model.ListServersRequest;
import com.huaweicloud.sdk.sms.v3.model.PostTask;
import com.huaweicloud.sdk.sms.v3.model.ShowServerRequest;
import com.huaweicloud.sdk.sms.v3.model.ShowServerResponse;
import com.huaweicloud.sdk.sms.v3.model.ShowTaskRequest;
import com.huaweicloud.sdk.sms.v3.model.SourceServerByTask;
import com.huaweicloud.sdk.sms.v3.model.SourceServersResponseBody;
import com.huaweicloud.sdk.sms.v3.model.TargetDisks;
import com.huaweicloud.sdk.sms.v3.model.TargetServerByTask;
import com.huaweicloud.sdk.sms.v3.model.UpdateTaskStatusReq;
import com.huaweicloud.sdk.sms.v3.model.UpdateTaskStatusReq.OperationEnum;
import com.huaweicloud.sdk.sms.v3.model.UpdateTaskStatusRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;

/**
 * A migration as a plain Spring Batch job on the vendor's client, for comparison: it creates a task per row in chunks, then
 * starts the tasks and polls each running one every few seconds. It survives no restart and explains no failure. Arguments:
 * endpoint, inventory, calls per second (0 for no limit), tasks at once.
 */
@Configuration
@EnableAutoConfiguration
public class PlainMigrationJob {

    private static final int CHUNK = 10;
    private static final int PAGE = 100;
    private static final long POLL_MILLIS = 3_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private static String[] arguments = new String[0];

    private final SmsClient sms = SmsClient.newBuilder()
            .withCredential(new GlobalCredentials()
                    .withAk("BENCHMARK")
                    .withSk("benchmark")
                    .withDomainId("account-1"))
            .withEndpoints(List.of(arguments[0]))
            .build();
    private final double rate = Double.parseDouble(arguments[2]);
    private final int concurrent = Integer.parseInt(arguments[3]);
    private final Deque<String> created = new ArrayDeque<>();
    private final List<String> running = new ArrayList<>();
    private final Map<String, String> sources = new HashMap<>();

    /** A row of the inventory. */
    record Row(String server, String template) {}

    public static void main(String[] given) {
        arguments = given;
        var application = new SpringApplication(PlainMigrationJob.class);
        application.setDefaultProperties(Map.of("spring.flyway.enabled", "false", "spring.main.banner-mode", "off"));
        System.exit(SpringApplication.exit(application.run()));
    }

    @Bean
    FlatFileItemReader<Row> reader() {
        return new FlatFileItemReaderBuilder<Row>()
                .name("inventory")
                .resource(new FileSystemResource(arguments[1]))
                .linesToSkip(1)
                .delimited()
                .names("wave", "server", "id", "ip", "type", "template", "priority", "depends", "verify", "ticket")
                .fieldSetMapper(fields -> new Row(fields.readString("server"), fields.readString("template")))
                .build();
    }

    @Bean
    Step create(JobRepository repository, FlatFileItemReader<Row> reader) {
        return new StepBuilder("create", repository)
                .<Row, Row>chunk(CHUNK)
                .reader(reader)
                .writer(rows -> rows.forEach(this::create))
                .build();
    }

    @Bean
    Step migrate(JobRepository repository) {
        return new StepBuilder("migrate", repository)
                .tasklet((contribution, context) -> {
                    sweep();
                    return RepeatStatus.continueIf(!created.isEmpty() || !running.isEmpty());
                })
                .build();
    }

    @Bean
    Job plainMigration(JobRepository repository, Step create, Step migrate) {
        return new JobBuilder("plain-migration", repository)
                .start(create)
                .next(migrate)
                .build();
    }

    private void create(Row row) {
        if (sources.isEmpty()) {
            listSources();
        }
        var id = sources.get(row.server());
        var source = call(() -> sms.showServer(new ShowServerRequest().withSourceId(id)));
        created.add(call(() -> sms.createTask(new CreateTaskRequest().withBody(task(source, row))))
                .getId());
    }

    private void listSources() {
        List<SourceServersResponseBody> page;
        do {
            int offset = sources.size();
            page = call(() -> sms.listServers(
                            new ListServersRequest().withLimit(PAGE).withOffset(offset)))
                    .getSourceServers();
            page.forEach(source -> sources.put(source.getName(), source.getId()));
        } while (page.size() == PAGE);
    }

    private static PostTask task(ShowServerResponse source, Row row) {
        var disks = source.getInitTargetServer().getDisks().stream()
                .map(disk -> new TargetDisks()
                        .withName(disk.getName())
                        .withSize(disk.getSize())
                        .withUsedSize(disk.getUsedSize())
                        .withDeviceUse(TargetDisks.DeviceUseEnum.fromValue(
                                disk.getDeviceUse().getValue()))
                        .withPhysicalVolumes(disk.getPhysicalVolumes()))
                .toList();
        return new PostTask()
                .withName("Migration_" + source.getName().replace('-', '_'))
                .withType(PostTask.TypeEnum.fromValue(
                        source.getOsType().equals("WINDOWS") ? "MIGRATE_BLOCK" : "MIGRATE_FILE"))
                .withOsType(source.getOsType())
                .withSourceServer(new SourceServerByTask().withId(source.getId()))
                .withTargetServer(new TargetServerByTask()
                        .withName(source.getName())
                        .withVmId("")
                        .withDisks(disks)
                        .withVolumeGroups(source.getInitTargetServer().getVolumeGroups()))
                .withRegionId("ap-southeast-3")
                .withRegionName("ap-southeast-3")
                .withProjectId("p-1")
                .withProjectName("ap-southeast-3")
                .withVmTemplateId(row.template())
                .withSyncing(false);
    }

    /** Starts tasks as far as there are places, then polls the running ones. The service launches their targets. */
    private void sweep() throws InterruptedException {
        while (running.size() < concurrent && !created.isEmpty()) {
            var task = created.remove();
            start(task);
            running.add(task);
        }
        Thread.sleep(POLL_MILLIS);
        for (var task : List.copyOf(running)) {
            var state = call(() -> sms.showTask(new ShowTaskRequest().withTaskId(task)));
            if (state.getState().endsWith("_SUCCESS") || state.getState().endsWith("_FAIL")) {
                running.remove(task);
            }
        }
    }

    private void start(String task) {
        call(() -> sms.updateTaskStatus(new UpdateTaskStatusRequest()
                .withTaskId(task)
                .withBody(new UpdateTaskStatusReq().withOperation(OperationEnum.START))));
    }

    /** Sends a call at the agreed rate, and again after a 429. */
    private <T> T call(Supplier<T> call) {
        while (true) {
            try {
                pause(rate > 0 ? (long) (1000 / rate) : 0);
                return call.get();
            } catch (ServiceResponseException ex) {
                if (ex.getHttpStatusCode() != TOO_MANY_REQUESTS) {
                    throw ex;
                }
                pause(1_000);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }
}
