package dev.smsrunner.job.migrate.task;

import static dev.smsrunner.job.migrate.task.DesiredTaskFixtures.TARGET;
import static dev.smsrunner.job.migrate.task.DesiredTaskFixtures.oneDisk;
import static dev.smsrunner.job.migrate.task.DesiredTaskFixtures.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.sms.BtrfsFileSystem;
import dev.smsrunner.sms.BtrfsSubvolume;
import dev.smsrunner.sms.LogicalVolume;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.VolumeGroup;
import java.util.List;
import org.json.JSONException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skyscreamer.jsonassert.JSONAssert;
import tools.jackson.databind.json.JsonMapper;

/** Exact request bodies of a row. */
class TaskSpecTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void linuxByFilesFromTemplate() throws JSONException {
        assertBody(spec(oneDisk()).create(), """
                {
                  "name": "erpdb02_df8ad02445",
                  "type": "MIGRATE_FILE",
                  "os_type": "LINUX",
                  "source_server": {"id": "5f0c0a62-8b1d-4b3a-9a9b-3a1f2d6f7e11"},
                  "target_server": {
                    "name": "erp-db-02",
                    "disks": [{
                      "name": "Disk 0", "size": 42949672960, "used_size": 10737418240, "device_use": "BOOT",
                      "physical_volumes": [{
                        "name": "/dev/vda1", "size": 42948624384, "device_use": "OS", "file_system": "ext4",
                        "mount_point": "/", "index": 1, "uuid": "uuid-1", "used_size": 10737418240, "inode_size": 256
                      }]
                    }],
                    "volume_groups": [],
                    "btrfs_list": []
                  },
                  "region_name": "ap-southeast-3",
                  "region_id": "ap-southeast-3",
                  "project_name": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "project_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "vm_template_id": "0d8c2e1a-6c55-4d9b-8f0e-1b2c3d4e5f60",
                  "exist_server": false,
                  "use_public_ip": true,
                  "start_target_server": true,
                  "syncing": true,
                  "priority": 1
                }
                """);
    }

    @Test
    void everyOptionOfTheRowIsSent() throws JSONException {
        var body = spec(
                        oneDisk(),
                        "target_server_name",
                        "erp-db-02-new",
                        "target_region_name",
                        "AP-Singapore",
                        "target_project_name",
                        "erp",
                        "use_public_ip",
                        "no",
                        "start_target_server",
                        "no",
                        "verify_consistency",
                        "yes",
                        "speed_limit_mbit",
                        "200",
                        "over_speed_threshold",
                        "20",
                        "priority",
                        "2")
                .create();

        JSONAssert.assertEquals("""
                {
                  "target_server": {"name": "erp-db-02-new"},
                  "region_name": "AP-Singapore", "region_id": "ap-southeast-3", "project_name": "erp",
                  "use_public_ip": false, "start_target_server": false, "is_need_consistency_check": true,
                  "speed_limit": 200, "over_speed_threshold": 20.0, "priority": 2
                }
                """, JSON.writeValueAsString(body), false);
    }

    @Test
    void volumeGroupsAreSentUnchanged() throws JSONException {
        var volume = new LogicalVolume(
                "/dev/vg0/data",
                21_474_836_480L,
                5_368_709_120L,
                16_106_127_360L,
                "xfs",
                "/data",
                512L,
                null,
                null,
                null,
                null);
        var layout = new TargetLayout(
                List.of(DesiredTaskFixtures.disk("Disk 0", DesiredTaskFixtures.volume("/dev/vdb1", "LVM2_member", ""))),
                List.of(new VolumeGroup("vg0", "/dev/vdb1", 42_944_430_080L, 21_469_593_600L, List.of(volume))),
                List.of());

        JSONAssert.assertEquals(
                """
                [{
                  "name": "vg0", "components": "/dev/vdb1", "size": 42944430080, "free_size": 21469593600,
                  "logical_volumes": [{
                    "name": "/dev/vg0/data", "size": 21474836480, "used_size": 5368709120, "free_size": 16106127360,
                    "file_system": "xfs", "mount_point": "/data", "inode_size": 512
                  }]
                }]
                """,
                JSON.writeValueAsString(spec(layout).create().targetServer().volumeGroups()),
                true);
    }

    @Test
    void btrfsIsSentUnchanged() throws JSONException {
        var system = new BtrfsFileSystem(
                "btrfs-1",
                "data",
                "uuid-9",
                "/dev/vdc1",
                10L,
                16_384L,
                4_096L,
                "single",
                "DUP",
                "DUP",
                "3407872",
                7L,
                "5",
                "",
                "/data",
                List.of(new BtrfsSubvolume("uuid-s", "false", "256", "5", "home", "/data/home")));
        var layout = new TargetLayout(oneDisk().disks(), List.of(), List.of(system));

        JSONAssert.assertEquals(
                """
                [{
                  "name": "btrfs-1", "label": "data", "uuid": "uuid-9", "device": "/dev/vdc1", "size": 10,
                  "nodesize": 16384, "sectorsize": 4096, "data_profile": "single", "system_profile": "DUP",
                  "metadata_profile": "DUP", "global_reserve1": "3407872", "g_vol_used_size": 7,
                  "default_subvolid": "5", "default_subvol_name": "", "default_subvol_mountpath": "/data",
                  "subvolumn": [{
                    "uuid": "uuid-s", "is_snapshot": "false", "subvol_id": "256", "parent_id": "5",
                    "subvol_name": "home", "subvol_mount_path": "/data/home"
                  }]
                }]
                """,
                JSON.writeValueAsString(spec(layout).create().targetServer().btrfsList()),
                true);
    }

    @Test
    void windowsByBlocks() throws JSONException {
        var body = spec(oneDisk(), "server_os_family", "WINDOWS", "migration_type", "MIGRATE_BLOCK")
                .create();

        JSONAssert.assertEquals("""
                {"type": "MIGRATE_BLOCK", "os_type": "WINDOWS", "exist_server": false}
                """, JSON.writeValueAsString(body), false);
    }

    @Test
    void existingTargetIsSentWithDisksAndAddress() throws JSONException {
        var layout = new TargetLayout(
                List.of(
                        DesiredTaskFixtures.disk("Disk 0"),
                        DesiredTaskFixtures.disk("Disk 1").withDiskId("vol-1"),
                        DesiredTaskFixtures.disk("Disk 2")),
                List.of(),
                List.of());
        var body = spec(layout, "vm_template_id", "", "target_server_id", TARGET, "migration_ip", "192.168.7.20")
                .create();
        var json = JSON.writeValueAsString(body);

        JSONAssert.assertEquals("""
                {
                  "exist_server": true, "migration_ip": "192.168.7.20", "use_public_ip": false,
                  "target_server": {
                    "vm_id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d", "name": "erp-db-02",
                    "disks": [{"disk_id": "0"}, {"disk_id": "vol-1"}, {"disk_id": "2"}]
                  }
                }
                """, json, false);
        assertThat(json).doesNotContain("vm_template_id").doesNotContain("use_ipv6");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, false, false",
        "172.16.0.9, false, false",
        "172.31.255.1, false, false",
        "172.32.0.1, true, false",
        "192.168.0.1, false, false",
        "203.0.113.7, true, false",
        "2001:db8::7, true, true",
        "fd00::7, false, true"
    })
    void networkFollowsTargetAddress(String address, boolean publicIp, boolean ipv6) {
        var body = spec(oneDisk(), "vm_template_id", "", "target_server_id", TARGET, "migration_ip", address)
                .create();

        assertThat(body.usePublicIp()).isEqualTo(publicIp);
        assertThat(Boolean.TRUE.equals(body.useIpv6())).isEqualTo(ipv6);
    }

    @Test
    void withoutManualLaunchSyncingIsFalse() {
        var spec = new TaskSpec(DesiredTaskFixtures.row(), DesiredTaskFixtures.SOURCE, "LINUX", oneDisk(), false);

        assertThat(spec.create().syncing()).isFalse();
    }

    @Test
    void updateToNewTargetContainsWholeTarget() throws JSONException {
        assertBody(
                spec(oneDisk(), "speed_limit_mbit", "50", "use_public_ip", "no").update("10.20.0.22"), """
                {
                  "type": "MIGRATE_FILE",
                  "exist_server": false,
                  "vm_template_id": "0d8c2e1a-6c55-4d9b-8f0e-1b2c3d4e5f60",
                  "region_id": "ap-southeast-3",
                  "region_name": "ap-southeast-3",
                  "project_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "project_name": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "use_public_ip": false,
                  "speed_limit": 50,
                  "target_server": {
                    "name": "erp-db-02",
                    "ip": "10.20.0.22",
                    "os_type": "LINUX",
                    "disks": [{
                      "name": "Disk 0", "size": 42949672960, "used_size": 10737418240, "device_use": "BOOT",
                      "physical_volumes": [{
                        "name": "/dev/vda1", "size": 42948624384, "device_use": "OS", "file_system": "ext4",
                        "mount_point": "/", "index": 1, "uuid": "uuid-1", "used_size": 10737418240, "inode_size": 256
                      }]
                    }],
                    "volume_groups": [],
                    "btrfs_list": []
                  }
                }
                """);
    }

    @Test
    void updateToExistingTargetContainsWholeTarget() throws JSONException {
        var layout = new TargetLayout(List.of(DesiredTaskFixtures.disk("Disk 0")), List.of(), List.of());
        var spec = spec(layout, "vm_template_id", "", "target_server_id", TARGET, "migration_ip", "192.168.7.20");

        assertBody(spec.update("10.20.0.22"), """
                {
                  "type": "MIGRATE_FILE",
                  "exist_server": true,
                  "migration_ip": "192.168.7.20",
                  "region_id": "ap-southeast-3",
                  "region_name": "ap-southeast-3",
                  "project_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "project_name": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                  "use_public_ip": false,
                  "target_server": {
                    "name": "erp-db-02",
                    "vm_id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
                    "ip": "192.168.7.20",
                    "os_type": "LINUX",
                    "disks": [{
                      "name": "Disk 0", "size": 42949672960, "used_size": 10737418240, "device_use": "BOOT", "disk_id": "0",
                      "physical_volumes": []
                    }],
                    "volume_groups": [],
                    "btrfs_list": []
                  }
                }
                """);
    }

    @Test
    void changedNamesOrSpeedLimitRequireUpdate() {
        assertThat(spec(oneDisk()).differsFrom(task(0))).isFalse();
        assertThat(spec(oneDisk()).differsFrom(task(300)))
                .as("a row without a speed limit keeps the limit of the task")
                .isFalse();
        assertThat(spec(oneDisk(), "speed_limit_mbit", "50").differsFrom(task(300)))
                .isTrue();
        assertThat(spec(oneDisk(), "target_region_name", "AP-Singapore").differsFrom(task(0)))
                .isTrue();
        assertThat(spec(oneDisk(), "target_project_name", "erp").differsFrom(task(0)))
                .isTrue();
    }

    private static MigrationTask task(int speedLimit) {
        return new MigrationTask(
                "task-1",
                "any",
                "READY",
                speedLimit,
                null,
                null,
                null,
                null,
                "ap-southeast-3",
                "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                null,
                null);
    }

    private static void assertBody(Object body, String json) throws JSONException {
        JSONAssert.assertEquals(json, JSON.writeValueAsString(body), true);
    }
}
