/** Models as ONNX files, for runtimes in any language, and forests of others read from them. */
@NullMarked
package dev.vedette.onnx;

import org.jspecify.annotations.NullMarked;
