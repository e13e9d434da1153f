package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Operating system family of a source server ({@code os_type} of CreateTask). */
public enum OsFamily {
    LINUX,
    WINDOWS;

    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** First words of the names that VMware, RVTools and CMDBs give to Linux systems, in lower case. */
    private static final List<String> DISTRIBUTIONS = List.of(
            "linux",
            "redhat",
            "rhel",
            "centos",
            "ubuntu",
            "debian",
            "suse",
            "sles",
            "opensuse",
            "rocky",
            "alma",
            "almalinux",
            "oraclelinux",
            "amazonlinux",
            "fedora",
            "euleros",
            "openeuler",
            "hce",
            "kylin",
            "neokylin",
            "uos",
            "uniontech",
            "anolis",
            "anolisos",
            "opencloudos",
            "tencentos",
            "coreos",
            "photon",
            "vmwarephoton",
            "asianux");

    /** Makers, which precede the name of their system. */
    private static final Set<String> MAKERS = Set.of("microsoft", "ms", "vmware", "huawei", "cloud");

    private static final Set<String> NEGATIONS = Set.of("no", "non", "not");

    /** Windows and its guest ids of VMware, such as {@code windows9Server64Guest} and {@code winNetEnterpriseGuest}. */
    private static final Pattern WINDOWS_WORD =
            Pattern.compile("windows.*|win[0-9].*|win(?:net|xp|vista|longhorn)[a-z0-9]*");

    /** The word Linux, alone or in a guest id of VMware such as {@code other3xLinux64Guest}. */
    private static final Pattern LINUX_WORD = Pattern.compile("(?!no)[a-z0-9]*linux(?:[0-9].*|guest)?");

    /** A guest id of VMware has the version directly behind the name, such as {@code centos7} or {@code debian10}. */
    private static final Pattern VERSION = Pattern.compile("[0-9].*|guest");

    /**
     * Family of an operating system by its name, such as {@code Ubuntu 22.04} or {@code Microsoft Windows Server 2016 (64-bit)};
     * empty for a name that belongs to no family or to both.
     */
    public static Optional<OsFamily> of(String name) {
        List<String> words = Arrays.stream(
                        SEPARATORS.split(name.strip().toLowerCase(Locale.ROOT).replace("red hat", "redhat")))
                .filter(word -> !word.isEmpty() && !MAKERS.contains(word))
                .toList();
        if (words.isEmpty() || NEGATIONS.contains(words.get(0))) {
            return Optional.empty();
        }
        boolean windows =
                words.stream().anyMatch(word -> WINDOWS_WORD.matcher(word).matches());
        boolean linux = isLinux(words);
        if (windows == linux) {
            return Optional.empty();
        }
        return Optional.of(windows ? WINDOWS : LINUX);
    }

    /** A distribution stands first; the word Linux may stand anywhere, as in {@code Other 3.x or later Linux (64-bit)}. */
    private static boolean isLinux(List<String> words) {
        return words.stream().anyMatch(word -> LINUX_WORD.matcher(word).matches())
                || DISTRIBUTIONS.stream().anyMatch(each -> isVersionOf(each, words.get(0)));
    }

    private static boolean isVersionOf(String distribution, String word) {
        if (!word.startsWith(distribution)) {
            return false;
        }
        String rest = word.substring(distribution.length());
        return rest.isEmpty() || VERSION.matcher(rest).matches();
    }
}
