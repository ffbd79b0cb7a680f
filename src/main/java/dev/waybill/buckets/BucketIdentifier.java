package dev.waybill.buckets;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** OpenAPI description of the path parameter that names a bucket by its id or name. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(description = "Id or name of the bucket.", example = "product-catalog")
public @interface BucketIdentifier {}
