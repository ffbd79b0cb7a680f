package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Maps S3's answers to {@link StoredObject}s. */
final class S3Facts {

    private static final int SHA256_BYTES = 32;
    private static final Pattern RANGE = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]+)");

    private S3Facts() {}

    static StoredObject of(ObjectKey key, HeadObjectResponse head) {
        return new StoredObject(
                key,
                required(head.contentLength()),
                ETag.of(required(head.eTag()), isHashed(head.serverSideEncryption(), head.sseCustomerAlgorithm())),
                head.contentType(),
                encoding(head.contentEncoding()),
                sha256(head.checksumSHA256(), head.checksumType()),
                head.versionId(),
                head.lastModified());
    }

    /** The metadata beside a part of the bytes: checksums are left out, they may be the part's own. */
    static StoredObject of(ObjectKey key, GetObjectResponse part) {
        return new StoredObject(
                key,
                total(part),
                ETag.of(required(part.eTag()), isHashed(part.serverSideEncryption(), part.sseCustomerAlgorithm())),
                part.contentType(),
                encoding(part.contentEncoding()),
                null,
                part.versionId(),
                part.lastModified());
    }

    static StoredObject of(ObjectKey key, long size, String contentType, PutObjectResponse put) {
        return new StoredObject(
                key,
                size,
                ETag.of(required(put.eTag()), isHashed(put.serverSideEncryption(), put.sseCustomerAlgorithm())),
                contentType,
                null,
                sha256(put.checksumSHA256(), put.checksumType()),
                put.versionId(),
                null);
    }

    static StoredObject of(CopyTerms terms, CopyObjectResponse answer) {
        CopyObjectResult copy = required(answer.copyObjectResult());
        return new StoredObject(
                terms.to(),
                terms.size(),
                ETag.of(required(copy.eTag()), isHashed(answer.serverSideEncryption(), answer.sseCustomerAlgorithm())),
                terms.contentType(),
                terms.contentEncoding(),
                sha256(copy.checksumSHA256(), copy.checksumType()),
                answer.versionId(),
                copy.lastModified());
    }

    /** A copy in parts. */
    static StoredObject of(CopyTerms terms, CompleteMultipartUploadResponse answer) {
        return inParts(terms.to(), terms.size(), terms.contentType(), terms.contentEncoding(), answer);
    }

    static StoredObject of(ObjectKey key, long size, String contentType, CompleteMultipartUploadResponse answer) {
        return inParts(key, size, contentType, null, answer);
    }

    /** What is put together of parts has an ETag that is none of its bytes. */
    private static StoredObject inParts(
            ObjectKey key,
            long size,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            CompleteMultipartUploadResponse answer) {
        return new StoredObject(
                key,
                size,
                ETag.of(required(answer.eTag()), false),
                contentType,
                contentEncoding,
                null,
                answer.versionId(),
                null);
    }

    /** Empty when the key is none that Waybill would write. */
    static Optional<StoredObject> of(S3Object listed) {
        try {
            return Optional.of(new StoredObject(
                    new ObjectKey(required(listed.key())),
                    required(listed.size()),
                    ETag.of(required(listed.eTag()), false),
                    null,
                    null,
                    null,
                    null,
                    listed.lastModified()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Every HTTP answer holds the time when it was made (RFC 9110, 6.6.1). */
    static Instant timeOf(SdkResponse answer) {
        String date =
                required(answer.sdkHttpResponse().firstMatchingHeader("Date").orElse(null));
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException unreadable) {
            throw new StorageException(StorageException.Kind.BROKEN, unreadable);
        }
    }

    /** What every answer of S3 holds, but what some proxy between may have lost. */
    static <T> T required(@Nullable T field) {
        if (field == null) {
            throw new StorageException(
                    StorageException.Kind.BROKEN, new IllegalStateException("an answer without ETag, key or length"));
        }
        return field;
    }

    /** The whole object's size, which the answer to a range holds behind the slash. */
    private static long total(GetObjectResponse part) {
        String range = part.contentRange();
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : required(part.contentLength());
    }

    /** Some servers store {@code aws-chunked}, which says how the bytes were sent and nothing about them. */
    private static @Nullable String encoding(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String encodings = Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(", "));
        return encodings.isEmpty() ? null : encodings;
    }

    /** Under SSE-KMS and SSE-C an ETag has the form of an MD5 and is none; under SSE-S3 it is one. */
    private static boolean isHashed(@Nullable ServerSideEncryption encryption, @Nullable String customerAlgorithm) {
        return customerAlgorithm == null && (encryption == null || encryption == ServerSideEncryption.AES256);
    }

    /** A composite checksum (of parts' checksums, ends in {@code -N}) says nothing about the bytes as a whole. */
    private static @Nullable String sha256(@Nullable String base64, @Nullable ChecksumType type) {
        if (base64 == null || type == ChecksumType.COMPOSITE || base64.indexOf('-') >= 0) {
            return null;
        }
        try {
            byte[] hash = Base64.getDecoder().decode(base64);
            return hash.length == SHA256_BYTES ? HexFormat.of().formatHex(hash) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
