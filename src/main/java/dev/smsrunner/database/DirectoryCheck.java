package dev.smsrunner.database;

import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.SuggestedCommands;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Check of a data directory before anything in it is opened. H2 executes the triggers and aliases of a database when it
 * opens its file, so a file that another user can plant or change runs code as this user.
 *
 * <p>This user or root must own the directory, its subdirectories and the files of the database. No other user may write to
 * them, and none may be a symbolic link. Links to the directory itself must belong to this user or root. Parent directories
 * may belong to others, as in containers and in group projects. Their owners could replace the directory after the check, so
 * {@link CheckedDirectory} checks again when the file is locked. A file system without owners and modes passes.
 */
final class DirectoryCheck {

    /** This list contains the hosts that receive credentials without a confirmation. */
    private static final String KNOWN_ENDPOINTS = "known-endpoints";

    /**
     * Files that are created with mode 0600 before the first write, so any other mode comes from another user or a command.
     */
    private static final Set<String> CREATED_PRIVATE =
            Set.of("sms-runner.mv.db", "sms-runner.key", "sms-runner.known", "sms-runner.lock", KNOWN_ENDPOINTS);

    private static final int MAX_LINKS = 40;

    private final int user;
    private final List<String> problems = new ArrayList<>();

    private DirectoryCheck(int user) {
        this.user = user;
    }

    /**
     * Checks an existing data directory, and removes access of other users to {@code db}.
     *
     * @return the real path of the directory: links are resolved
     * @throws UnsafeDirectoryException with every problem
     * @throws IOException when the directory cannot be read
     */
    static Path of(Path dataDirectory) throws IOException {
        return of(
                dataDirectory,
                dataDirectory.getFileSystem().supportedFileAttributeViews().contains("unix")
                        ? EffectiveUser.uid()
                        : -1);
    }

    /** Check for a user id; -1 where files have no owner. */
    static Path of(Path dataDirectory, int user) throws IOException {
        if (user == -1) {
            var real = dataDirectory.toRealPath();
            PrivateDirectory.rejectUnsupportedPath(real);
            return real;
        }
        var check = new DirectoryCheck(user);
        var real = check.resolve(dataDirectory.toAbsolutePath());
        PrivateDirectory.rejectUnsupportedPath(real);
        check.checkDirectory(real);
        if (check.problems.isEmpty()) {
            check.checkContents(real);
        }
        if (!check.problems.isEmpty()) {
            throw new UnsafeDirectoryException(dataDirectory, check.problems);
        }
        return real;
    }

    /** Resolves the links one by one, since the owner of a link can redirect it. */
    private Path resolve(Path path) throws IOException {
        var at = path.getRoot();
        var names = new ArrayDeque<Path>();
        path.forEach(names::add);
        for (int links = 0; !names.isEmpty(); ) {
            var name = names.pop();
            var next = at.resolve(name).normalize();
            var facts = PathFacts.of(next);
            if (facts.isLink()) {
                if (++links > MAX_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                checkOwner(next, facts, "link");
                var target = Files.readSymbolicLink(next);
                at = target.isAbsolute() ? target.getRoot() : at;
                var before = new ArrayList<Path>();
                target.forEach(before::add);
                for (int i = before.size() - 1; i >= 0; i--) {
                    names.push(before.get(i));
                }
            } else {
                at = next;
            }
        }
        return at;
    }

    private void checkContents(Path data) throws IOException {
        for (var name : List.of("logs", "simulator", "db")) {
            var directory = data.resolve(name);
            if (exists(directory) && checkDirectory(directory) && !name.equals("simulator")) {
                checkEntries(directory);
            }
        }
        var known = data.resolve(KNOWN_ENDPOINTS);
        if (exists(known)) {
            checkEntry(known, PathFacts.of(known));
        }
        restrictDatabaseDirectory(data.resolve("db"));
    }

    private static boolean exists(Path path) throws IOException {
        try {
            PathFacts.of(path);
            return true;
        } catch (NoSuchFileException ex) {
            return false;
        }
    }

    private boolean checkDirectory(Path path) throws IOException {
        var facts = PathFacts.of(path);
        int before = problems.size();
        if (facts.isLink()) {
            problems.add("%s is a symbolic link. Move its target here, or set the real directory with --data: rm %s"
                    .formatted(path, argument(path)));
        } else if (!facts.isDirectory()) {
            problems.add("%s is not a directory. Move it away: mv %s %s"
                    .formatted(path, argument(path), argument(path.resolveSibling(path.getFileName() + ".away"))));
        } else {
            checkOwner(path, facts, "directory");
            checkNotWritable(path, facts, "directory");
        }
        return problems.size() == before;
    }

    private void checkEntries(Path directory) throws IOException {
        try (var all = Files.newDirectoryStream(directory)) {
            for (var entry : all) {
                try {
                    checkEntry(entry, PathFacts.of(entry));
                } catch (NoSuchFileException ex) {
                    // deleted meanwhile, for example a lock file of another process
                }
            }
        } catch (DirectoryIteratorException ex) {
            throw ex.getCause();
        }
    }

    private void checkEntry(Path path, PathFacts facts) throws IOException {
        if (facts.isLink()) {
            problems.add(
                    "%s is a symbolic link; the runner creates none. Remove it: rm %s".formatted(path, argument(path)));
            return;
        }
        checkOwner(path, facts, "file");
        if (CREATED_PRIVATE.contains(path.getFileName().toString())) {
            checkNotWritable(path, facts, "file");
        }
    }

    private void checkOwner(Path path, PathFacts facts, String what) throws IOException {
        if (facts.uid() != user && facts.uid() != EffectiveUser.ROOT) {
            var owner = userName(path);
            boolean named = !owner.equals(String.valueOf(facts.uid()));
            problems.add(
                    "The %s %s belongs to user %s (this process: id %d), who may have planted code in it. Run the command as that user: sudo -u %s ... Only if no process uses the directory and you trust its contents: chown -hR %d %s"
                            .formatted(
                                    what,
                                    path,
                                    named ? "%s (id %d)".formatted(owner, facts.uid()) : "id " + facts.uid(),
                                    user,
                                    SuggestedCommands.quoted(named ? owner : "#" + facts.uid()),
                                    user,
                                    argument(path)));
        }
    }

    /** Name of the owner; its id when this machine has no such user. */
    private static String userName(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
    }

    private void checkNotWritable(Path path, PathFacts facts, String what) {
        if (facts.isWritableByOthers()) {
            problems.add("The %s %s is writable by other users (mode %s). Check its contents, then: chmod go-w %s"
                    .formatted(what, path, facts.permissions(), argument(path)));
        }
    }

    /** Restricts the directory before H2 opens the file, which gets the mode of the umask meanwhile. */
    private void restrictDatabaseDirectory(Path db) throws IOException {
        if (!problems.isEmpty() || !exists(db) || !PathFacts.of(db).isOpenToOthers()) {
            return;
        }
        try {
            Files.setPosixFilePermissions(db, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException ex) {
            problems.add(
                    "The directory %s is open to other users (mode %s) and cannot be closed: %s. Close it: chmod 0700 %s"
                            .formatted(db, PathFacts.of(db).permissions(), FileFailures.text(ex, db), argument(db)));
        }
    }

    private static String argument(Path path) {
        return SuggestedCommands.quoted(path.toString());
    }
}
