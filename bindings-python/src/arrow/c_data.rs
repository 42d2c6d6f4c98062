//! The three structures of Arrow's C data interface, as its specification lays them out. Each is released when it is
//! dropped, unless it was taken out before.

use std::ffi::{c_char, c_int, c_void};

/// The kind of a column.
#[repr(C)]
pub(super) struct ArrowSchema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    pub(super) metadata: *const c_char,
    pub(super) flags: i64,
    pub(super) n_children: i64,
    pub(super) children: *mut *mut Self,
    pub(super) dictionary: *mut Self,
    pub(super) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(super) private_data: *mut c_void,
}

/// The rows of a column, or of one of its chunks.
#[repr(C)]
pub(super) struct ArrowArray {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) n_buffers: i64,
    pub(super) n_children: i64,
    pub(super) buffers: *mut *const c_void,
    pub(super) children: *mut *mut Self,
    pub(super) dictionary: *mut Self,
    pub(super) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(super) private_data: *mut c_void,
}

/// Chunks of one kind, one after the other.
#[repr(C)]
pub(super) struct ArrowArrayStream {
    pub(super) get_schema: Option<unsafe extern "C" fn(*mut Self, *mut ArrowSchema) -> c_int>,
    pub(super) get_next: Option<unsafe extern "C" fn(*mut Self, *mut ArrowArray) -> c_int>,
    pub(super) get_last_error: Option<unsafe extern "C" fn(*mut Self) -> *const c_char>,
    pub(super) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(super) private_data: *mut c_void,
}

// SAFETY: what they point to is not changed by anybody, and a release may happen on any thread: the specification says so.
unsafe impl Send for ArrowSchema {}
// SAFETY: as above.
unsafe impl Send for ArrowArray {}
// SAFETY: as above; nothing in this package changes an array that it shares.
unsafe impl Sync for ArrowArray {}
// SAFETY: as above; a stream is read by one thread at a time.
unsafe impl Send for ArrowArrayStream {}

macro_rules! owned {
    ($kind:ident) => {
        impl $kind {
            /// A place that another library may fill; nothing is in it.
            pub(super) fn empty() -> Self {
                // SAFETY: null pointers, zeroes and no callbacks are what the specification calls released.
                unsafe { std::mem::zeroed() }
            }

            /// What lies in a place, which counts as released from then on.
            ///
            /// # Safety
            /// The place holds such a structure, whole or released.
            pub(super) unsafe fn take(place: *mut Self) -> Self {
                // SAFETY: the caller's.
                unsafe { std::ptr::replace(place, Self::empty()) }
            }

            /// Whether nothing is in it, or no longer.
            pub(super) fn is_released(&self) -> bool {
                self.release.is_none()
            }
        }

        impl Drop for $kind {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: it is not released, and this is the only one: it was moved here.
                    unsafe { release(self) }
                }
            }
        }
    };
}

owned!(ArrowSchema);
owned!(ArrowArray);
owned!(ArrowArrayStream);
