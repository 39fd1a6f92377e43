//! What must not change a result, with every recording in which it did.

use flow_movement::SURE;

use super::mistakes::list;
use crate::{
    invariants::Law,
    table::{Table, about},
};

pub fn text(laws: &[Law]) -> String {
    let mut table = Table::new(["recordings", "tried", "same", "another, not sure of it", "broken"]);
    for law in laws {
        let same = law.tried - law.unsure.len() - law.broken.len();
        table.row([
            law.words.to_owned(),
            law.tried.to_string(),
            about(same),
            about(law.unsure.len()),
            law.broken.len().to_string(),
        ]);
    }
    let named = |of: fn(&Law) -> &Vec<String>| list(laws.iter().flat_map(of).map(|what| format!("- {what}")));
    format!(
        "## Invariants

The landmarks of every recording were scored again as they are, mirrored, elsewhere in the picture, at half the frame rate,
quicker and slower. Scored again, the answer must be the same byte for byte. Mirrored, left and right change places in it,
refusals included, and everything else stays, numbers within a hundredth. In the other cases a recording that was scored must get
the same bucket, or one that the product is sure of by less than {SURE}; where seconds are counted, tempo is part of the test
and left as it is.

{}
Another bucket, not sure of it:

{}

Broken:

{}
",
        table.markdown(),
        named(|law| &law.unsure),
        named(|law| &law.broken)
    )
}
