package dev.waybill.connectors.box;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.box.BoxCursor.Stop;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lists folders recursively by markers: they do not shift when files are added or removed, as offsets do. The order of
 * files is undefined.
 *
 * @see <a href="https://developer.box.com/reference/get-folders-id-items/">GET /2.0/folders/:id/items</a>
 * @see <a href="https://developer.box.com/guides/api-calls/pagination/marker-based/">Markers, which expire soon</a>
 */
final class BoxListing {

    /** Requests for one page at most, where folders have few files each. */
    private static final int MAX_REQUESTS = 20;

    private static final int MAX_PAGE = 1_000;

    private final BoxAccess access;

    BoxListing(BoxAccess access) {
        this.access = access;
    }

    SourcePage page(SourcePath path, @Nullable String cursor, int max) {
        List<SourceFile> files = new ArrayList<>();
        BoxCursor rest = cursor == null ? start(path, files) : BoxCursor.read(cursor);
        for (int requests = 0; requests < MAX_REQUESTS && files.size() * 2 < max; requests++) {
            Optional<Stop> next = rest.next();
            if (next.isEmpty()) {
                break;
            }
            walk(path, next.get(), rest, files, max - files.size());
        }
        return new SourcePage(files, rest.text());
    }

    /** Finds a file, or a bookmark, by its key. */
    Optional<SourceFile> find(SourcePath path, String key) {
        return resolved(path.container(), List.of(key.split("/", -1)))
                .filter(item -> !BoxItems.isFolder(item))
                .map(item -> BoxItems.file(key, item));
    }

    /** @param files gets the one that the path names, where it is a file */
    private BoxCursor start(SourcePath path, List<SourceFile> files) {
        String prefix = path.prefix();
        String folder = path.isFolder()
                ? prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix
                : prefix.substring(0, Math.max(0, prefix.lastIndexOf('/')));
        if (folder.isEmpty()) {
            return BoxCursor.at(path.container());
        }
        JsonNode item = resolved(path.container(), List.of(folder.split("/", -1)))
                .filter(found -> BoxItems.isFolder(found) || path.contains(folder))
                .orElseThrow(() -> new SourceException(
                        Diagnosis.PATH_NOT_FOUND,
                        "There is no folder '%s' in the folder with the id '%s'; correct source_path, letter by letter"
                                .formatted(folder, path.container())));
        if (BoxItems.isFolder(item)) {
            return BoxCursor.at(BoxItems.id(item));
        }
        files.add(BoxItems.file(folder, item));
        return new BoxCursor();
    }

    /** One page of one folder. */
    private void walk(SourcePath path, Stop stop, BoxCursor rest, List<SourceFile> files, int max) {
        Optional<JsonNode> page = fetchPage(path.container(), stop, rest, max);
        if (page.isEmpty()) {
            return;
        }
        JsonNode entries = page.get().path("entries");
        if (!entries.isArray() || entries.size() > max) {
            throw new SourceException(
                    Diagnosis.BROKEN_LISTING, "Box answers with something that is no part of a folder");
        }
        String marker = page.get().path("next_marker").asString("");
        if (!marker.isEmpty()) {
            rest.push(stop.then(marker));
        }
        for (JsonNode item : entries) {
            String key = BoxItems.key(path.container(), item);
            if (key == null || !BoxItems.isActive(item)) {
                continue;
            }
            if (BoxItems.isFolder(item)) {
                if (mayHold(path, key)) {
                    rest.push(Stop.at(BoxItems.id(item)));
                }
            } else if (path.contains(key)) {
                files.add(BoxItems.file(key, item));
            }
        }
    }

    /** Whether a folder may contain anything within a path. */
    private static boolean mayHold(SourcePath path, String folder) {
        return path.contains(folder + "/") || path.prefix().startsWith(folder + "/");
    }

    /** Empty where the folder was deleted, or is restarted as its marker has expired. */
    private Optional<JsonNode> fetchPage(String container, Stop stop, BoxCursor rest, int max) {
        try {
            String marker = stop.page() == null ? "" : stop.page().value();
            return Optional.of(access.get(items(stop.folder(), marker, max), BoxOperation.folder(stop.folder())));
        } catch (SourceException refused) {
            boolean isGone = refused.diagnosis() == Diagnosis.BUCKET_NOT_FOUND;
            if (isGone && !stop.folder().equals(container)) {
                return Optional.empty();
            }
            if (refused.diagnosis() == Diagnosis.BROKEN_LISTING && stop.page() != null && !stop.isAfresh()) {
                rest.push(new Stop(stop.folder(), null, true));
                return Optional.empty();
            }
            throw refused;
        }
    }

    private URI items(String folder, String marker, int max) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("usemarker", "true");
        query.put("limit", String.valueOf(max));
        query.put("fields", BoxItems.FIELDS);
        query.put("marker", marker);
        return access.uri("folders/" + folder + "/items", query);
    }

    private Optional<JsonNode> resolved(String container, List<String> names) {
        String folder = container;
        for (int i = 0; i < names.size(); i++) {
            Optional<JsonNode> item = child(container, folder, names.get(i));
            boolean isLast = i == names.size() - 1;
            if (item.isEmpty() || isLast) {
                return item;
            }
            if (!BoxItems.isFolder(item.get())) {
                return Optional.empty();
            }
            folder = BoxItems.id(item.get());
        }
        return Optional.empty();
    }

    private Optional<JsonNode> child(String container, String folder, String name) {
        BoxCursor pages = BoxCursor.at(folder);
        for (Optional<Stop> next = pages.next(); next.isPresent(); next = pages.next()) {
            Optional<JsonNode> page = fetchPage(container, next.get(), pages, MAX_PAGE);
            if (page.isEmpty()) {
                continue;
            }
            for (JsonNode item : page.get().path("entries")) {
                if (BoxItems.name(item).equals(name) && BoxItems.isActive(item)) {
                    return Optional.of(item);
                }
            }
            String marker = page.get().path("next_marker").asString("");
            if (!marker.isEmpty()) {
                pages.push(next.get().then(marker));
            }
        }
        return Optional.empty();
    }
}
