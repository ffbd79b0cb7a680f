package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.connections.FilesResponse.File;
import dev.waybill.connections.FoldersResponse.Folder;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.MediaTypes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the folders and files in a folder of a connection. Object stores list all keys below a prefix, so deeper keys
 * are read and skipped, up to a bound of pages and of time.
 */
@Component
class ConnectionBrowser {

    static final int MAX_PAGES = 20;

    private static final String FOLDER_TYPE = "application/vnd.google-apps.folder";
    private static final int PAGE = 1_000;
    private static final int MAX_FOLDERS = 1_000;
    private static final Duration MAX_DURATION = Duration.ofSeconds(20);

    private final Connections connections;
    private final InstantSource clock;

    ConnectionBrowser(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    FoldersResponse folders(Caller caller, String identifier, String requested) {
        Connection connection = connections.require(caller, Permission.READ, identifier);
        Connections.requireUsable(connection);
        BrowsedFolder folder = folder(connection, requested);
        if (folder.path() == null) {
            return folders(buckets(connection), folder, false);
        }
        Set<String> names = new TreeSet<>();
        boolean more = walk(connection, folder.path(), (below, file) -> {
            int slash = below.indexOf('/');
            if (slash > 0) {
                names.add(below.substring(0, slash));
            }
            return names.size() <= MAX_FOLDERS;
        });
        return folders(names.stream().limit(MAX_FOLDERS).toList(), folder, more);
    }

    /** @param most 1 to 100 */
    FilesResponse files(Caller caller, String identifier, String requested, int most) {
        Connection connection = connections.require(caller, Permission.READ, identifier);
        Connections.requireUsable(connection);
        BrowsedFolder folder = folder(connection, requested);
        List<File> files = new ArrayList<>();
        boolean more = folder.path() != null
                && walk(connection, folder.path(), (below, file) -> {
                    boolean isHere =
                            !below.isEmpty() && below.indexOf('/') < 0 && file.kind() != SourceFile.Kind.FOLDER_MARKER;
                    if (isHere && files.size() == most) {
                        return false;
                    }
                    if (isHere) {
                        files.add(file(below, file, folder));
                    }
                    return true;
                });
        return new FilesResponse(files, folder.shown(), more);
    }

    /** Receives the listed files. */
    @FunctionalInterface
    private interface Visitor {

        /**
         * @param below the key relative to the folder
         * @return false to stop the listing
         */
        boolean visit(String below, SourceFile file);
    }

    /**
     * A folder.
     *
     * @param shown the path as callers write it
     * @param path null for the root above all buckets
     */
    private record BrowsedFolder(String shown, @Nullable SourcePath path) {

        String below(String name) {
            return shown.endsWith("/") ? shown + name : shown + "/" + name;
        }

        String id(String name) {
            return path == null ? name : path.container() + "/" + folder(path) + name;
        }
    }

    private BrowsedFolder folder(Connection connection, String requested) {
        String trimmed = requested.replaceAll("/+$", "");
        String shown = trimmed.contains("://") || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
        boolean isRoot = shown.equals("/");
        if (isRoot) {
            return new BrowsedFolder(shown, connections.home(connection).orElse(null));
        }
        try {
            return new BrowsedFolder(shown, connections.path(connection, trimmed));
        } catch (InvalidRequest refused) {
            throw new InvalidRequest(refused.violations().stream()
                    .map(one -> new Violation(List.of("query", "path"), one.message(), one.type()))
                    .toList());
        }
    }

    /** @return whether there are, or may be, more files than were visited */
    private boolean walk(Connection connection, SourcePath path, Visitor visitor) {
        try (RequestDeadline.Section waiting = RequestDeadline.uncounted();
                Source source = connections.open(connection)) {
            boolean more = walk(source, path, visitor);
            connections.succeeded(connection, clock.instant());
            return more;
        } catch (SourceException e) {
            if (e.diagnosis() == Diagnosis.PATH_NOT_FOUND || e.diagnosis() == Diagnosis.BUCKET_NOT_FOUND) {
                return false;
            }
            throw new WaybillException(
                    ErrorCode.CONNECTION_FAILED,
                    e.getMessage(),
                    Map.of(
                            "diagnosis",
                            e.diagnosis().name(),
                            "id",
                            connection.id().value()),
                    e);
        }
    }

    private static boolean walk(Source source, SourcePath path, Visitor visitor) {
        String folder = folder(path);
        SourcePath inside = path.isFolder() ? new SourcePath(path.container(), folder, true) : path;
        long since = System.nanoTime();
        String cursor = null;
        for (int page = 0; page < MAX_PAGES && System.nanoTime() - since < MAX_DURATION.toNanos(); page++) {
            SourcePage found = source.list(inside, cursor, PAGE);
            for (SourceFile file : found.files()) {
                if (file.key().startsWith(folder) && !visitor.visit(file.key().substring(folder.length()), file)) {
                    return true;
                }
            }
            cursor = found.next();
            if (cursor == null) {
                return false;
            }
        }
        return true;
    }

    /** The key prefix of a folder. */
    private static String folder(SourcePath path) {
        String prefix = path.prefix();
        if (!path.isFolder()) {
            return prefix.substring(0, prefix.lastIndexOf('/') + 1);
        }
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static FoldersResponse folders(List<String> names, BrowsedFolder folder, boolean truncated) {
        List<Folder> folders = names.stream()
                .map(name -> new Folder(folder.id(name), name, folder.below(name), FOLDER_TYPE))
                .toList();
        return new FoldersResponse(folders, folders, folder.shown(), truncated);
    }

    private static File file(String name, SourceFile file, BrowsedFolder folder) {
        String type = file.contentType();
        return new File(
                file.id(),
                name,
                folder.below(name),
                type == null ? MediaTypes.ofName(name) : type,
                file.sizeBytes(),
                file.modifiedAt());
    }

    /** The buckets that the credentials are bound to; others cannot be listed. */
    private static List<String> buckets(Connection connection) {
        Map<String, Object> profile = connection.profile();
        return profile != null
                        && profile.get("restrictions") instanceof Map<?, ?> bounds
                        && bounds.get("buckets") instanceof List<?> names
                ? names.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
