package dev.waybill.syncs.transfer;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.FetchedFile;
import dev.waybill.platform.fetch.UrlFetcher;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.syncs.mapping.MappingResult.Link;
import dev.waybill.syncs.mapping.PropertyMatch;
import dev.waybill.syncs.mapping.ShownFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fetches the URLs that a mapping yields into managed storage, as further blobs of a file's object. */
@Component
class LinkedFiles {

    private final UrlFetcher fetcher;
    private final ObjectStorage storage;
    private final BatchedDeletes deletes;
    private final IdGenerator ids;

    LinkedFiles(UrlFetcher fetcher, ObjectStorage storage, BatchedDeletes deletes, IdGenerator ids) {
        this.fetcher = fetcher;
        this.storage = storage;
        this.deletes = deletes;
        this.ids = ids;
    }

    /**
     * Fetches all of them. A failure leaves no bytes in storage.
     *
     * @throws FileRefused when one cannot be fetched, or its property does not accept it
     * @throws StorageException when managed storage refuses it, or the local disk is full
     * @throws WaybillException 403 when the organization's quota is exhausted
     */
    List<Blob> fetchAll(Transfer transfer, List<Link> links) {
        List<Blob> blobs = new ArrayList<>();
        try {
            for (Link link : links) {
                blobs.add(fetchAll(transfer, link));
            }
            return blobs;
        } catch (RuntimeException failed) {
            deletes.add(Blob.keys(blobs));
            throw failed;
        }
    }

    private Blob fetchAll(Transfer transfer, Link link) {
        try (FetchedFile file = fetch(transfer, link)) {
            transfer.requireQuota(file.size());
            byte[] head = file.head(MediaTypes.HEAD_BYTES);
            ShownFormat shown = kind -> Formats.answer(new DetectionInput(
                    FileBytes.of(head, file.size(), file::read), file.filename(), file.contentType(), kind));
            return switch (transfer.mapping().fill(link, file.filename(), shown)) {
                case PropertyMatch.Into into ->
                    store(
                            transfer,
                            link,
                            file,
                            into.mediaType(),
                            shown.of(link.type().kind()).evidence().charset());
                case PropertyMatch.Nowhere nowhere -> throw unfit(link, shown, nowhere);
            };
        }
    }

    private static FileRefused unfit(Link link, ShownFormat shown, PropertyMatch.Nowhere nowhere) {
        String sentence = nowhere.misfit() == null
                ? "The URL for '%s' leads to %s, which the property does not take"
                        .formatted(
                                link.property(), MediaTypes.label(shown.of(null).mediaType()))
                : "The URL for '%s' leads to something else: %s"
                        .formatted(link.property(), nowhere.misfit().reason());
        return FileRefused.because(Diagnosis.UNSUPPORTED.name(), sentence);
    }

    private FetchedFile fetch(Transfer transfer, Link link) {
        try {
            return fetcher.fetch(link.url(), transfer.maxFileBytes());
        } catch (StorageException full) {
            throw full;
        } catch (WaybillException refused) {
            String sentence =
                    "The file for '%s' could not be fetched. %s".formatted(link.property(), refused.getMessage());
            throw switch (refused.code()) {
                case FILE_TOO_LARGE -> FileRefused.because(Diagnosis.TOO_LARGE.name(), sentence);
                case URL_REFUSED -> FileRefused.because(Diagnosis.UNSUPPORTED.name(), sentence);
                default -> FileRefused.forNow(Diagnosis.NETWORK.name(), sentence);
            };
        }
    }

    private Blob store(Transfer transfer, Link link, FetchedFile file, String mediaType, @Nullable String charset) {
        String filename = FileNames.safe(file.filename());
        ObjectKey key =
                BlobKeys.fresh(ids, transfer.bucket().scope().namespace().value(), filename);
        try {
            StoredObject stored = storage.put(key, file.open(), file.size(), mediaType);
            return new Blob(
                    ids.nextOfThisRun("blob_"),
                    link.property(),
                    link.type(),
                    null,
                    key,
                    null,
                    filename,
                    file.size(),
                    mediaType,
                    stored.etag().value(),
                    null,
                    file.sha256(),
                    file.md5(),
                    link.url(),
                    Map.of(),
                    charset);
        } catch (RuntimeException failed) {
            deletes.add(List.of(key));
            throw failed;
        }
    }
}
