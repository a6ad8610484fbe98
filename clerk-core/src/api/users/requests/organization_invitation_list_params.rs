use crate::models::organization_invitation::OrganizationInvitationStatus;
use crate::requests::page_params::PageParams;
use crate::uri::query::{Params, Query};

/// Which of a user's invitations to list, and which part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OrganizationInvitationListParams {
    /// Those with this status only.
    pub status: Option<OrganizationInvitationStatus>,
    /// Which part of the list.
    pub page: PageParams,
}

impl OrganizationInvitationListParams {
    /// All of them, in a page of Clerk's default length.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Those with this status only.
    #[must_use]
    pub fn status(mut self, status: impl Into<OrganizationInvitationStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// How many at most: 1 to 500. Clerk's default: 10.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.page.limit = Some(limit);
        self
    }

    /// How many to skip. Clerk's default: 0.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.page.offset = Some(offset);
        self
    }
}

impl From<PageParams> for OrganizationInvitationListParams {
    fn from(page: PageParams) -> Self {
        Self { status: None, page }
    }
}

impl Params for OrganizationInvitationListParams {
    fn write(&self, query: &mut Query) -> Result<(), String> {
        let status = self.status.as_ref();
        query.text("status", &status.map(OrganizationInvitationStatus::as_str))?;
        self.page.write(query)
    }
}
