package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of operating systems as VMware, RVTools, ServiceNow and operators write them. */
class OsFamilyTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LINUX",
                "linux",
                "Linux/UNIX",
                "Red Hat Enterprise Linux 8",
                "Red Hat Enterprise Linux 7 (64-bit)",
                "RHEL 9.2",
                "rhel7_64Guest",
                "CentOS 7 (64-bit)",
                "CentOS 4/5/6/7 (64-bit)",
                "Ubuntu 22.04",
                "ubuntu64Guest",
                "Debian",
                "Debian GNU/Linux 10 (64-bit)",
                "debian10_64Guest",
                "SUSE Linux Enterprise 12",
                "SLES 15 SP4",
                "sles12_64Guest",
                "openSUSE Leap 15",
                "Rocky",
                "Rocky Linux 9",
                "AlmaLinux",
                "almalinux_64Guest",
                "Oracle Linux",
                "oracleLinux8_64Guest",
                "Amazon Linux 2 (64-bit)",
                "Other 3.x or later Linux (64-bit)",
                "other3xLinux64Guest",
                "VMware Photon OS (64-bit)",
                "Huawei Cloud EulerOS 2.0",
                "openEuler 22.03"
            })
    void linuxIsRecognised(String name) {
        assertThat(OsFamily.of(name)).contains(OsFamily.LINUX);
        assertThat(Column.SERVER_OS_FAMILY.faults(name, CellLimits.DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WINDOWS",
                "Windows",
                "Microsoft Windows Server 2016 (64-bit)",
                "Microsoft Windows Server 2016 or later (64-bit)",
                "MS Windows 10",
                "windows2019srv_64Guest",
                "windows9Server64Guest",
                "winNetEnterpriseGuest",
                "Win2012R2"
            })
    void windowsIsRecognised(String name) {
        assertThat(OsFamily.of(name)).contains(OsFamily.WINDOWS);
        assertThat(Column.SERVER_OS_FAMILY.faults(name, CellLimits.DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VMware",
                "VMware ESXi 7",
                "Oracle Solaris 11 (64-bit)",
                "SOLARIS",
                "FreeBSD 13 (64-bit)",
                "AIX",
                "Apple macOS 12 (64-bit)",
                "Other (64-bit)",
                "Linux or Windows",
                "Windows Subsystem for Linux",
                "not Linux",
                "non-Linux",
                "not Windows",
                "non-Windows",
                "No Windows",
                "LINUXX",
                "Winston",
                "Ubuntuu",
                "-",
                "?"
            })
    void nameOfNoFamilyOrOfBothIsRefused(String name) {
        assertThat(OsFamily.of(name)).isEmpty();
        assertThat(Column.SERVER_OS_FAMILY.faults(name, CellLimits.DEFAULT))
                .singleElement()
                .extracting(CellProblem::advice)
                .asString()
                .contains("LINUX", "WINDOWS");
    }
}
