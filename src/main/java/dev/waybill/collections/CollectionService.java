package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ScopeFilter;
import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.Extractors;
import dev.waybill.namespaces.NamespaceExtractors;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for collections. */
@Component
class CollectionService {

    static final Fields FIELDS = Fields.builder()
            .token("collection_id", "bucket_id", "version")
            .text("collection_name", "feature_extractor_name")
            .stored("source.collection_id", Fields.Kind.TOKEN, "parent_id")
            .stored("tier", Fields.Kind.NUMBER, "depth")
            .instant("created_at")
            .searching("collection_name", "feature_extractor_name")
            .build();

    private static final int MAX_DEPTH = 20;
    private static final String TYPE = "collection";

    private final CollectionStore store;
    private final CollectionDeletion deletion;
    private final CollectionAccess access;
    private final Extractors extractors;
    private final NamespaceExtractors namespaceExtractors;
    private final IdGenerator ids;
    private final InstantSource clock;

    CollectionService(
            CollectionStore store,
            CollectionDeletion deletion,
            CollectionAccess access,
            Extractors extractors,
            NamespaceExtractors namespaceExtractors,
            IdGenerator ids,
            InstantSource clock) {
        this.store = store;
        this.deletion = deletion;
        this.access = access;
        this.extractors = extractors;
        this.namespaceExtractors = namespaceExtractors;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates a collection. It reads what exists already, and nothing can be created to read it before it exists: no
     * cycles.
     */
    DocumentCollection create(Caller caller, Scope scope, NewCollection request) {
        DocumentCollection parent = request.parent() == null ? null : get(caller, scope, request.parent());
        var bucket = access.require(
                caller,
                Permission.WRITE,
                scope,
                parent == null
                        ? String.valueOf(request.bucket())
                        : parent.bucket().value());
        int depth = parent == null ? 0 : parent.depth() + 1;
        if (depth > MAX_DEPTH) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "source: at most %d collections may read one another in a row".formatted(MAX_DEPTH));
        }
        requireExtractor(scope, request.extractor());
        DocumentCollection collection = new DocumentCollection(
                new CollectionId(ids.next(CollectionId.PREFIX)),
                scope,
                request.name(),
                bucket.id(),
                parent == null ? null : parent.id(),
                depth,
                request.extractor(),
                clock.instant());
        access.requireItself(caller, Permission.WRITE, collection);
        if (!store.insert(collection)) {
            // Of this very id, when a request is run again that crashed after this step.
            return store.find(scope, collection.id().value()).orElseThrow(() -> nameTaken(request.name()));
        }
        return collection;
    }

    DocumentCollection get(Caller caller, Scope scope, String identifier) {
        return access.require(caller, Permission.READ, require(scope, identifier));
    }

    Page<DocumentCollection> list(Caller caller, Scope scope, ListQuery query) {
        Filter own = ScopeFilter.of(caller, TYPE, "collection_id", "collection_name");
        Filter within = new Filter.And(List.of(query.filter(), own, access.bounds(caller, scope)));
        return store.page(scope, query.withFilter(within).withTotal(), FIELDS);
    }

    CollectionDeletionResponse delete(Caller caller, Scope scope, String identifier) {
        DocumentCollection collection = access.require(caller, Permission.DELETE, require(scope, identifier));
        List<String> readers = store.readersOf(scope, collection.id()).stream()
                .map(DocumentCollection::name)
                .toList();
        if (!readers.isEmpty()) {
            throw new WaybillException(
                    ErrorCode.CONFLICT,
                    "Collection '%s' is read by other collections; delete them first: %s."
                            .formatted(collection.name(), String.join(", ", readers)),
                    Map.of("resource", TYPE, "id", collection.id().value(), "read_by", readers));
        }
        Task task = deletion.begin(collection);
        return new CollectionDeletionResponse(
                task.id().value(), task.status(), collection.id().value(), collection.name());
    }

    private DocumentCollection require(Scope scope, String identifier) {
        return store.find(scope, identifier).orElseThrow(() -> WaybillException.notFound(TYPE, identifier));
    }

    private void requireExtractor(Scope scope, ExtractorUse use) {
        List<String> allowed = namespaceExtractors.of(scope).stream()
                .map(one -> one.name() + "_" + one.version())
                .toList();
        Extractor extractor = extractors
                .find(use.name(), use.version())
                .orElseThrow(() -> refused(use, "is not known. Known are", extractors.known()));
        if (!allowed.contains(use.id())) {
            throw refused(use, "is not among the namespace's feature_extractors. It lists", allowed);
        }
        extractor.checkParameters(use.parameters());
    }

    private static WaybillException refused(ExtractorUse use, String why, List<String> instead) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("feature_extractor_name", use.name());
        details.put("version", use.version());
        details.put("known", instead);
        return new WaybillException(
                ErrorCode.UNKNOWN_EXTRACTOR,
                "feature_extractor: '%s' in version '%s' %s: %s."
                        .formatted(use.name(), use.version(), why, String.join(", ", instead)),
                details);
    }

    private static WaybillException nameTaken(String name) {
        return WaybillException.nameTaken("namespace", TYPE, name);
    }
}
