/**
 * Images and labels: data sets, batches, the IDX format, augmentation, the built-in pen digits.
 * Pure: also compiled by TeaVM.
 */
@NullMarked
package digitlab.data;

import org.jspecify.annotations.NullMarked;
