/**
 * What holds for the whole document: the type, the tokens, what every element looks like by itself.
 * @module
 */

import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./tokens.css";
import "./base.css";
