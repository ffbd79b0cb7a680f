package dev.waybill.namespaces;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ScopeFilter;
import dev.waybill.extraction.Extractors;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for namespaces. */
@Component
class Namespaces {

    private static final String TYPE = "namespace";

    private final NamespaceStore store;
    private final NamespaceLookup lookup;
    private final Extractors extractors;
    private final List<NamespaceUsage> usages;
    private final NamespaceDeletion deletion;
    private final IdGenerator ids;
    private final InstantSource clock;

    Namespaces(
            NamespaceStore store,
            NamespaceLookup lookup,
            Extractors extractors,
            List<NamespaceUsage> usages,
            NamespaceDeletion deletion,
            IdGenerator ids,
            InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.extractors = extractors;
        this.usages = usages;
        this.deletion = deletion;
        this.ids = ids;
        this.clock = clock;
    }

    NamespaceResponse create(Caller caller, CreateNamespaceRequest request) {
        NamespaceEntity namespace =
                request.toNamespace(new NamespaceId(ids.next("ns_")), caller.organization(), clock.instant());
        namespace.extractors().forEach(extractor -> requireKnown(extractor, extractors));
        caller.require(Permission.WRITE, TYPE, namespace.id().value(), namespace.name());
        if (!store.insert(namespace)) {
            // Of this very id, when this is the retry of a request that died after this step.
            return store.find(caller.organization(), namespace.id().value())
                    .map(this::counted)
                    .orElseThrow(() -> nameTaken(namespace.name()));
        }
        lookup.evict(namespace);
        return NamespaceResponse.of(namespace, NamespaceUsage.Counts.NONE);
    }

    NamespaceResponse get(Caller caller, String identifier) {
        return counted(require(caller, identifier));
    }

    ListNamespacesResponse list(Caller caller, ListQuery query) {
        Filter scopeFilter = ScopeFilter.of(caller, TYPE, "namespace_id", "namespace_name");
        ListQuery within = query.withFilter(new Filter.And(List.of(query.filter(), scopeFilter)))
                .withTotal();
        OrganizationId organization = caller.organization();
        Page<NamespaceEntity> page = store.page(organization, within);
        NamespaceStore.Summary summary = store.summary(organization, within);
        Map<NamespaceId, NamespaceUsage.Counts> counts = NamespaceUsage.sum(usages, organization, summary.namespaces());
        NamespaceListStats stats = NamespaceListStats.of(
                summary.namespaces().size(),
                summary.extractors(),
                summary.indexes(),
                counts.values().stream().reduce(NamespaceUsage.Counts.NONE, NamespaceUsage.Counts::plus));
        return ListNamespacesResponse.of(
                page.map(namespace -> NamespaceResponse.of(
                        namespace, counts.getOrDefault(namespace.id(), NamespaceUsage.Counts.NONE))),
                stats);
    }

    NamespaceResponse change(Caller caller, String identifier, NamespaceChange change) {
        NamespaceEntity before = require(caller, identifier);
        if (change.isEmpty()) {
            return counted(before);
        }
        if (change.name() != null) {
            caller.require(Permission.WRITE, TYPE, before.id().value(), change.name());
        }
        try {
            NamespaceEntity after = store.change(before.scope(), change, clock.instant())
                    .orElseThrow(() -> WaybillException.notFound(TYPE, identifier));
            lookup.evict(before);
            lookup.evict(after);
            return counted(after);
        } catch (DuplicateKeyException taken) {
            throw nameTaken(String.valueOf(change.name()));
        }
    }

    NamespaceDeletionResponse delete(Caller caller, String identifier) {
        NamespaceEntity namespace = require(caller, identifier);
        return NamespaceDeletionResponse.of(namespace, deletion.begin(namespace));
    }

    private NamespaceEntity require(Caller caller, String identifier) {
        NamespaceEntity namespace = store.find(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound(TYPE, identifier));
        if (!caller.reaches(TYPE, namespace.id().value(), namespace.name())) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "This key does not reach the namespace '%s'.".formatted(namespace.name()));
        }
        return namespace;
    }

    private NamespaceResponse counted(NamespaceEntity namespace) {
        return NamespaceResponse.of(
                namespace,
                NamespaceUsage.sum(usages, namespace.organization(), List.of(namespace.id()))
                        .getOrDefault(namespace.id(), NamespaceUsage.Counts.NONE));
    }

    /** Refuses an extractor that is not installed, and lists those that are. */
    static void requireKnown(FeatureExtractor requested, Extractors extractors) {
        if (extractors
                .find(requested.featureExtractorName(), requested.version())
                .isPresent()) {
            return;
        }
        List<String> known = extractors.known();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("feature_extractor_name", requested.featureExtractorName());
        details.put("version", requested.version());
        details.put("known", known);
        throw new WaybillException(
                ErrorCode.UNKNOWN_EXTRACTOR,
                "feature_extractors: '%s' in version '%s' is not known. Known are: %s."
                        .formatted(requested.featureExtractorName(), requested.version(), String.join(", ", known)),
                details);
    }

    private static WaybillException nameTaken(String name) {
        return WaybillException.nameTaken("organization", TYPE, name);
    }
}
